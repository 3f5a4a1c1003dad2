package dev.noren.status;

import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Tunnel;
import java.util.List;

/**
 * How the tunnels of a router are together. Far ends that this box is to hold a tunnel to count
 * (the document says where they are, and they have a keepalive or are being called). One that only
 * calls in does not: a telephone that has gone away in the middle of a download is no trouble.
 */
final class TunnelHealth {
  private static final int NAMES = 3;
  private static final int ANSWER = 4;
  private static final int KEYS = 5;
  private static final int QUALITY = 6;

  private final List<Tunnel> tunnels;
  private final List<Echoes> echoes;
  private int wanted;
  private int down;
  private int trying;
  private boolean named = true;
  private boolean allSilent = true;

  /**
   * @param echoes how far ends answer, of those that are asked
   */
  TunnelHealth(List<Tunnel> tunnels, List<Echoes> echoes) {
    this.tunnels = tunnels;
    this.echoes = echoes;
  }

  Health get() {
    if (tunnels.isEmpty()) {
      return Health.READY;
    }
    for (Tunnel tunnel : tunnels) {
      tunnel.peers().forEach(peer -> count(tunnel, peer));
    }
    if (tunnels.stream().noneMatch(Tunnel::up)) {
      return Health.down(KEYS);
    }
    if (wanted > 0 && down == wanted) {
      return Health.down(!named ? NAMES : allSilent ? QUALITY : ANSWER);
    }
    if (wanted > 0 && down + trying == wanted) {
      return Health.TRYING;
    }
    if (down + trying > 0 || !tunnels.stream().allMatch(Tunnel::up)) {
      return Health.DEGRADED;
    }
    List<Tunnel> held = tunnels.stream().filter(TunnelHealth::isWanted).toList();
    if (held.isEmpty()) {
      return tunnels.stream().anyMatch(TunnelHealth::isProved) ? Health.UP : Health.READY;
    }
    return held.stream().allMatch(TunnelHealth::isProved) ? Health.UP : Health.UNPROVED;
  }

  private static boolean isWanted(Tunnel tunnel) {
    return tunnel.peers().stream().anyMatch(Peer::isWanted);
  }

  private void count(Tunnel tunnel, Peer peer) {
    if (!peer.isWanted()) {
      return;
    }
    wanted++;
    boolean silent = isSilent(tunnel, peer);
    if (!tunnel.up() || peer.isDown() || silent) {
      down++;
      named &= peer.endpoint() != null;
      allSilent &= silent;
    } else if (peer.isUnanswered() || !peer.isFresh()) {
      trying++;
    }
  }

  /** Its ends shake hands, and what used to come through does so no more. */
  private boolean isSilent(Tunnel tunnel, Peer peer) {
    return tunnel.up()
        && peer.isFresh()
        && !peer.isUnanswered()
        && peer.isQuiet()
        && echoes.stream().anyMatch(each -> each.silent() && each.isOf(tunnel, peer));
  }

  private static boolean isProved(Tunnel tunnel) {
    return tunnel.peers().stream().anyMatch(Peer::isProved);
  }
}
