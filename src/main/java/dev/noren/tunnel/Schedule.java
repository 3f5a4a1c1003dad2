package dev.noren.tunnel;

import dev.noren.protocol.peer.Peer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * When the handshake loop looks at which peer next. A peer without an armed timer is not in it, so
 * that idle peers cost nothing. It belongs to the handshake loop.
 */
final class Schedule {
  /** One planned look, which knows its place in the heap so that it is found without a search. */
  private static final class Look {
    final Peer peer;
    long atNs;
    int place;

    Look(Peer peer) {
      this.peer = peer;
    }
  }

  private static final long NEVER = Long.MAX_VALUE;

  private final Map<Peer, Look> looks = new HashMap<>();

  /** A binary heap: none is due before the one at half its place. */
  private Look[] heap = new Look[16];

  private int size;

  /** Plans the next look at this peer by its earliest deadline, replacing the one planned. */
  void plan(Peer peer) {
    long atNs = peer.timers().nextDeadlineNs();
    peer.timers().promise(atNs);
    if (atNs == NEVER) {
      forget(peer);
      return;
    }
    Look look = looks.get(peer);
    if (look == null) {
      look = new Look(peer);
      looks.put(peer, look);
      append(look);
    }
    look.atNs = atNs;
    settle(look);
  }

  /** Forgets the peer. */
  void forget(Peer peer) {
    Look look = looks.remove(peer);
    if (look == null) {
      return;
    }
    Look last = heap[--size];
    heap[size] = null;
    if (last != look) {
      put(last, look.place);
      settle(last);
    }
  }

  /** Takes a peer whose look is due, or null. */
  Peer takeDue(long nowNs) {
    if (size == 0 || heap[0].atNs > nowNs) {
      return null;
    }
    Peer peer = heap[0].peer;
    forget(peer);
    return peer;
  }

  /** When the next look is due; {@code Long.MAX_VALUE} if none is planned. */
  long nextNs() {
    return size == 0 ? NEVER : heap[0].atNs;
  }

  private void append(Look look) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    put(look, size++);
  }

  /** Moves a look up or down to where its time belongs. */
  private void settle(Look look) {
    int place = look.place;
    while (place > 0 && heap[(place - 1) / 2].atNs > look.atNs) {
      put(heap[(place - 1) / 2], place);
      place = (place - 1) / 2;
    }
    for (int child = earlierChild(place);
        child < size && heap[child].atNs < look.atNs;
        child = earlierChild(place)) {
      put(heap[child], place);
      place = child;
    }
    put(look, place);
  }

  private int earlierChild(int place) {
    int one = 2 * place + 1;
    return one + 1 < size && heap[one + 1].atNs < heap[one].atNs ? one + 1 : one;
  }

  private void put(Look look, int place) {
    heap[place] = look;
    look.place = place;
  }
}
