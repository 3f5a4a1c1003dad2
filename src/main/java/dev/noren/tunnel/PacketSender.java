package dev.noren.tunnel;

import dev.noren.crypto.TransportAead;
import dev.noren.crypto.TransportAeads;
import dev.noren.protocol.Limits;
import dev.noren.protocol.message.Transport;
import dev.noren.protocol.peer.Peer;
import dev.noren.protocol.session.Session;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Encrypts packets and sends them, for the one loop that owns it. */
final class PacketSender {
  /** What came of a packet. */
  enum Outcome {
    SENT,
    /** Sent, and the session should be replaced soon. */
    SENT_REKEY,
    /** Not sent: the session can no longer be used. */
    NO_SESSION
  }

  /** Room that a buffer needs before the packet: the transport header. */
  static final int HEADROOM = Transport.CIPHERTEXT;

  /** Room that it needs after: padding and tag. */
  static final int TAILROOM = Padding.UNIT + TransportAead.TAG_SIZE;

  private final TunnelState state;
  private final Counters counters;
  private final RandomGenerator jitter;
  private final TransportAead aead = TransportAeads.create();
  private int wireBytes;

  PacketSender(TunnelState state, Counters counters, RandomGenerator jitter) {
    this.state = state;
    this.counters = counters;
    this.jitter = jitter;
  }

  /** The session to send on now, or null if there is none young and unused enough (WP 6.2). */
  static Session usable(Peer peer, long nowNs, Limits limits) {
    Session session = peer.sessions().current();
    return session != null && session.maySend(nowNs, limits) ? session : null;
  }

  /**
   * Encrypts in place and sends.
   *
   * @param buffer holds the packet at {@code HEADROOM}, with {@code TAILROOM} behind it
   * @param length the packet's length; 0 is a keepalive
   * @return what came of it; {@link #wireBytes} then tells how much left
   */
  Outcome send(Peer peer, Session session, byte[] buffer, int length, long nowNs) {
    wireBytes = 0;
    Limits limits = state.limits;
    long counter = session.nextCounter();
    if (Long.compareUnsigned(counter, limits.rejectAfterMessages()) >= 0) {
      return Outcome.NO_SESSION;
    }
    int padded = Padding.paddedLength(length, state.mtu);
    Arrays.fill(buffer, HEADROOM + length, HEADROOM + padded, (byte) 0);
    Transport.writeHeader(buffer, 0, session.remoteIndex(), counter);
    aead.seal(session.sendKey(), counter, buffer, HEADROOM, padded, buffer, HEADROOM);
    // Keys wiped meanwhile would have sealed it so that anybody could open it.
    if (session.isWiped()) {
      return Outcome.NO_SESSION;
    }
    // Before it leaves: an answer may be here before the call returns, and must find them armed.
    peer.timers().authenticatedSent(nowNs);
    if (length > 0) {
      peer.timers().dataSent(nowNs, jitter.nextLong(limits.jitterNs() + 1));
    }
    int wireLength = HEADROOM + padded + TransportAead.TAG_SIZE;
    if (state.send(buffer, wireLength, peer, counters)) {
      wireBytes = wireLength;
    }
    return session.wantsRekey(nowNs, limits) ? Outcome.SENT_REKEY : Outcome.SENT;
  }

  /** The bytes that the last packet took on the wire, as UDP payload; 0 if it did not leave. */
  int wireBytes() {
    return wireBytes;
  }
}
