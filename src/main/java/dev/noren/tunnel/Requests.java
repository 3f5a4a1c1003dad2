package dev.noren.tunnel;

import dev.noren.protocol.peer.Peer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * What the packet loops and the timers ask of the handshake loop, as flag bits on the peer: asking
 * twice is asking once, so that the queue never holds more than every peer once.
 */
final class Requests {
  /** Start a handshake, unless one started within 5 s. */
  static final int INITIATE = 1;

  /** Send what is staged, or start a handshake for it. */
  static final int FLUSH = 2;

  /** The far end has confirmed the session that we answered it with. */
  static final int CONFIRMED = 4;

  /** A timer is due earlier than was promised. */
  static final int TIMER = 8;

  private final ConcurrentLinkedQueue<Peer> peers = new ConcurrentLinkedQueue<>();
  private volatile Thread loop;

  /** The thread to wake. */
  void loop(Thread thread) {
    loop = thread;
  }

  /** Asks for something; from any thread. */
  void ask(Peer peer, int bits) {
    if (peer.request(bits)) {
      peers.add(peer);
      wake();
    }
  }

  /** Wakes the handshake loop. */
  void wake() {
    LockSupport.unpark(loop);
  }

  /** The next peer that wants something, or null. */
  Peer next() {
    return peers.poll();
  }

  boolean isEmpty() {
    return peers.isEmpty();
  }
}
