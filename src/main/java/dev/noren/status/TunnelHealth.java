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
  private final List<Tunnel> tunnels;
  private int wanted;
  private int down;
  private int trying;
  private boolean named = true;

  TunnelHealth(List<Tunnel> tunnels) {
    this.tunnels = tunnels;
  }

  Health get() {
    if (tunnels.isEmpty()) {
      return Health.READY;
    }
    for (Tunnel tunnel : tunnels) {
      tunnel.peers().forEach(peer -> count(tunnel, peer));
    }
    if (tunnels.stream().noneMatch(Tunnel::up)) {
      return Health.DOWN_5;
    }
    if (wanted > 0 && down == wanted) {
      return named ? Health.DOWN_4 : Health.DOWN_3;
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
    if (!tunnel.up() || peer.isDown()) {
      down++;
      named &= peer.endpoint() != null;
    } else if (peer.isUnanswered() || !peer.isFresh()) {
      trying++;
    }
  }

  private static boolean isProved(Tunnel tunnel) {
    return tunnel.peers().stream().anyMatch(Peer::isProved);
  }
}
