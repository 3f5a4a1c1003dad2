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
  /** A session ends after so long (WP 6.1), so a handshake that is older is none. */
  static final long FRESH_SECONDS = 180;

  /** Two attempts without an answer (WP 6.4: one every 5 s): not just one that was lost. */
  static final long TRYING_SECONDS = 6;

  /** Six attempts without an answer. */
  static final long DOWN_SECONDS = 30;

  /** How long what came through a tunnel is a proof of it. */
  static final long PROOF_SECONDS = 600;

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
    return tunnel.peers().stream().anyMatch(TunnelHealth::isWanted);
  }

  private static boolean isWanted(Peer peer) {
    return !peer.callsIn() && (peer.keepaliveSeconds() != 0 || peer.unansweredSeconds() != 0);
  }

  private void count(Tunnel tunnel, Peer peer) {
    if (!isWanted(peer)) {
      return;
    }
    wanted++;
    if (!tunnel.up() || peer.unansweredSeconds() >= DOWN_SECONDS) {
      down++;
      named &= peer.endpoint() != null;
    } else if (peer.unansweredSeconds() >= TRYING_SECONDS || !isFresh(peer)) {
      trying++;
    }
  }

  private static boolean isFresh(Peer peer) {
    return peer.handshakeAgeSeconds() != null && peer.handshakeAgeSeconds() <= FRESH_SECONDS;
  }

  /** Whether something came through it from the far end's network, and not long ago. */
  private static boolean isProved(Tunnel tunnel) {
    return tunnel.peers().stream()
        .anyMatch(
            peer ->
                isFresh(peer)
                    && peer.dataAgeSeconds() != null
                    && peer.dataAgeSeconds() <= PROOF_SECONDS);
  }
}
