package dev.noren.doctor;

import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Tunnel;
import java.util.List;

/**
 * How busy the box and its line are.
 *
 * @param processors how busy the box's processors were in the last seconds, or null
 * @param line how much the line in use carries, or null
 * @param delays how long far ends take to answer, as far as that is known
 */
public record Load(Processors processors, LineLoad line, List<Delay> delays) {
  /** Nothing was measured. */
  public static final Load UNKNOWN = new Load(null, null, List.of());

  public Load {
    delays = List.copyOf(delays);
  }

  /**
   * How busy processors were.
   *
   * @param count how many there are
   * @param fullest the number of the one that had most to do
   * @param fullestPercent how much of the time that one was busy
   * @param interruptPercent how much of the time it was busy for the network card and the like
   * @param allPercent how much of the time all together were busy
   * @param ownPercent how much this program used, percent of one processor
   * @param seconds over how long
   */
  public record Processors(
      int count,
      String fullest,
      int fullestPercent,
      int interruptPercent,
      int allPercent,
      int ownPercent,
      long seconds) {
    private static final int FULL_PERCENT = 95;

    /** A thread of ours that fills a processor leaves hardly any of it to somebody else. */
    private static final int OWN_PERCENT = 60;

    private static final int INTERRUPT_PERCENT = 50;

    /** Whether one is full with what goes through the box. */
    boolean isFullOfTraffic() {
      return fullestPercent >= FULL_PERCENT
          && (ownPercent >= OWN_PERCENT || interruptPercent >= INTERRUPT_PERCENT);
    }

    /** Whether none has room, whatever fills them. */
    boolean areAllFull() {
      return allPercent >= FULL_PERCENT;
    }
  }

  /**
   * How much a line carries, bytes a second.
   *
   * @param device the line's device
   * @param received in the last seconds
   * @param sent in the last seconds
   * @param mostReceived the most that a minute of the last day, or an hour of 90 days, had a second
   * @param mostSent the same of what was sent
   */
  public record LineLoad(
      String device, long received, long sent, long mostReceived, long mostSent) {
    private static final int NEAR_PERCENT = 85;
    private static final int PERCENT = 100;

    /** Half a megabit a second: whatever is full with less is no line of today's. */
    private static final long LEAST = 62_500;

    /** Whether it carries about as much as it ever did. */
    boolean isNearItsMost() {
      return isNear(received, mostReceived) || isNear(sent, mostSent);
    }

    private static boolean isNear(long now, long most) {
      return most > 0 && now >= LEAST && now * PERCENT >= most * NEAR_PERCENT;
    }
  }

  /**
   * How long a far end takes to answer an echo through its tunnel.
   *
   * @param tunnel the tunnel's name
   * @param publicKey the far end's key
   * @param latelyMicroseconds the middle of the last half minute, or null
   * @param usualMicroseconds what a calm quarter of the last day stays below, or null
   */
  public record Delay(
      String tunnel, String publicKey, Long latelyMicroseconds, Long usualMicroseconds) {
    /** Less than that nobody notices, whatever it was before. */
    private static final long MORE_US = 50_000;

    /** Whether it takes clearly longer than it usually does. */
    boolean isRisen() {
      return latelyMicroseconds != null
          && usualMicroseconds != null
          && latelyMicroseconds >= 2 * usualMicroseconds
          && latelyMicroseconds - usualMicroseconds >= MORE_US;
    }
  }

  /** How long this far end takes, or null where that is not known. */
  Delay delay(Tunnel tunnel, Peer peer) {
    return delays.stream()
        .filter(each -> each.tunnel().equals(tunnel.name().text()))
        .filter(each -> each.publicKey().equals(peer.publicKey()))
        .findFirst()
        .orElse(null);
  }
}
