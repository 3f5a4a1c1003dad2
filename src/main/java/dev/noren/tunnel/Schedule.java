package dev.noren.tunnel;

import dev.noren.protocol.peer.Peer;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * When the handshake loop looks at which peer next. A peer without an armed timer is not in it, so
 * that idle peers cost nothing. It belongs to the handshake loop.
 */
final class Schedule {
  private record Look(long atNs, Peer peer) implements Comparable<Look> {
    @Override
    public int compareTo(Look other) {
      return Long.compare(atNs, other.atNs);
    }
  }

  private static final long NEVER = Long.MAX_VALUE;

  private final PriorityQueue<Look> looks = new PriorityQueue<>();
  private final Map<Peer, Look> valid = new HashMap<>();

  /** Plans the next look at this peer by its earliest deadline, replacing the one planned. */
  void plan(Peer peer) {
    long atNs = peer.timers().nextDeadlineNs();
    peer.timers().promise(atNs);
    Look before = valid.get(peer);
    if (before != null && before.atNs() == atNs) {
      return;
    }
    if (before != null) {
      looks.remove(before);
    }
    if (atNs == NEVER) {
      valid.remove(peer);
    } else {
      Look look = new Look(atNs, peer);
      valid.put(peer, look);
      looks.add(look);
    }
  }

  /** Forgets the peer. */
  void forget(Peer peer) {
    Look before = valid.remove(peer);
    if (before != null) {
      looks.remove(before);
    }
  }

  /** Takes a peer whose look is due, or null. */
  Peer takeDue(long nowNs) {
    Look first = looks.peek();
    if (first == null || first.atNs() > nowNs) {
      return null;
    }
    looks.remove();
    valid.remove(first.peer());
    return first.peer();
  }

  /** When the next look is due; {@code Long.MAX_VALUE} if none is planned. */
  long nextNs() {
    Look first = looks.peek();
    return first == null ? NEVER : first.atNs();
  }
}
