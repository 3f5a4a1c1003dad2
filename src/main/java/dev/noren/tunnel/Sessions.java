package dev.noren.tunnel;

import dev.noren.protocol.handshake.InitiatorHandshake;
import dev.noren.protocol.peer.Peer;
import dev.noren.protocol.session.Session;
import dev.noren.protocol.session.SessionSlots;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Keeps each peer's sessions and the index table in step, and wipes what is dropped. It belongs to
 * the handshake loop. A packet loop that still holds a dropped session sees by its flag that what
 * it made of the wiped keys must not be used.
 */
final class Sessions {
  private final TunnelState state;
  private final RandomGenerator random;
  private final ConcurrentLinkedQueue<Session> pushedOut = new ConcurrentLinkedQueue<>();

  Sessions(TunnelState state, RandomGenerator random) {
    this.state = state;
    this.random = random;
  }

  /** An index that no handshake or session has, at random, so that it cannot be guessed. */
  int freshIndex() {
    return state.indices.chooseFree(random);
  }

  /** After our initiation was made: its response will be found by its index. */
  void pending(Peer peer, InitiatorHandshake handshake) {
    dropPending(peer);
    peer.handshaking().pending(handshake);
    state.indices.putIfAbsent(handshake.localIndex(), new TunnelState.Entry(peer, handshake, null));
  }

  /** Gives up the handshake that waits for a response, if there is one. */
  void dropPending(Peer peer) {
    InitiatorHandshake before = peer.handshaking().pending();
    if (before == null) {
      return;
    }
    TunnelState.Entry entry = state.indices.get(before.localIndex());
    if (entry != null && entry.handshake() == before) {
      state.indices.remove(before.localIndex(), entry);
    }
    peer.handshaking().pending(null);
  }

  /** After a response made a session of our handshake, whose index it takes over. */
  void initiated(Peer peer, Session session) {
    TunnelState.Entry waiting = state.indices.get(session.localIndex());
    TunnelState.Entry entry = new TunnelState.Entry(peer, null, session);
    if (waiting == null) {
      state.indices.putIfAbsent(session.localIndex(), entry);
    } else {
      state.indices.replace(session.localIndex(), waiting, entry);
    }
    peer.handshaking().pending(null);
    move(peer, slots -> slots.withInitiated(session));
  }

  /** After we answered an initiation: the session waits to be confirmed. */
  void responded(Peer peer, Session session) {
    state.indices.putIfAbsent(session.localIndex(), new TunnelState.Entry(peer, null, session));
    move(peer, slots -> slots.withResponded(session));
  }

  /** After a confirmed session pushed these out; from the inbound loop. */
  void dropLater(List<Session> dropped) {
    pushedOut.addAll(dropped);
  }

  /** Drops what the inbound loop pushed out. */
  void dropPushedOut() {
    for (Session session = pushedOut.poll(); session != null; session = pushedOut.poll()) {
      drop(session);
    }
  }

  /** Drops all sessions and the handshake of a peer; their keys are wiped. */
  void dropAll(Peer peer) {
    dropPending(peer);
    move(peer, slots -> SessionSlots.EMPTY);
  }

  private void move(Peer peer, UnaryOperator<SessionSlots> move) {
    peer.moveSessions(move).forEach(this::drop);
  }

  private void drop(Session session) {
    TunnelState.Entry entry = state.indices.get(session.localIndex());
    if (entry != null && entry.session() == session) {
      state.indices.remove(session.localIndex(), entry);
    }
    session.wipe();
  }
}
