package dev.noren.status;

import dev.noren.net.IpAddress;

/**
 * How a far end answers echoes through its tunnel.
 *
 * @param tunnel the tunnel's name
 * @param publicKey the far end's key
 * @param target whom the echoes go to: an address of the far end that the document names
 * @param asked how many were sent in the last minutes; 0 while nothing is known yet
 * @param lost how many of them were not answered
 * @param microseconds how long an answer takes, the median; or null where none came
 * @param silent whether it has answered in this run, and the last ones it did not, so many that it
 *     is no coincidence
 */
public record Echoes(
    String tunnel,
    String publicKey,
    IpAddress target,
    int asked,
    int lost,
    Long microseconds,
    boolean silent) {
  /** So few say nothing of how many are lost. */
  private static final int FEW = 10;

  private static final int PERCENT = 100;

  /** From here on people notice, percent. */
  private static final int MUCH_LOST = 10;

  /**
   * Who talks to somebody notices when each way takes longer than 400 ms (ITU-T G.114), so there
   * and back twice that, microseconds.
   */
  private static final long LATE_US = 800_000;

  /** Whether much is lost. A host that answers no echo at all may be one that never does. */
  public boolean isLossy() {
    return asked >= FEW && !silent && lost < asked && lost * PERCENT >= MUCH_LOST * asked;
  }

  /** Whether answers take so long that people notice. */
  public boolean isLate() {
    return asked - lost >= FEW && microseconds != null && microseconds >= LATE_US;
  }

  /** Whether these are of this far end. */
  public boolean isOf(RouterStatus.Tunnel of, RouterStatus.Peer peer) {
    return tunnel.equals(of.name().text()) && publicKey.equals(peer.publicKey());
  }
}
