package dev.noren.tunnel;

import dev.noren.crypto.AeadLane;
import dev.noren.crypto.TransportAead;
import dev.noren.protocol.Limits;
import dev.noren.protocol.message.Transport;
import dev.noren.protocol.peer.Peer;
import dev.noren.protocol.session.Session;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Seals packets in place, for the one loop that owns it. */
final class PacketSender {
  /** Room that a packet needs before it: the transport header. */
  static final int HEADROOM = Transport.CIPHERTEXT;

  /** Room that it needs after: padding, tag, and what a cipher may write behind them. */
  static final int TAILROOM = Padding.UNIT + TransportAead.TAG_SIZE + 32;

  private final TunnelState state;
  private final RandomGenerator jitter;
  private final AeadLane lane;
  private final int[] one = new int[1];

  PacketSender(TunnelState state, RandomGenerator jitter) {
    this.state = state;
    this.jitter = jitter;
    this.lane = state.aeads.lane();
  }

  /** The session to send on now, or null if there is none young and unused enough (WP 6.2). */
  static Session usable(Peer peer, long nowNs, Limits limits) {
    Session session = peer.sessions().current();
    return session != null && session.maySend(nowNs, limits) ? session : null;
  }

  /**
   * Pads and seals a packet in place, and tells the peer's timers that it leaves now.
   *
   * @param buffer holds the packet at {@code at + HEADROOM}, with {@code TAILROOM} behind it
   * @param at where the datagram begins
   * @param length the packet's length; 0 is a keepalive
   * @param mtu the interface's, as it was when room was made for the packet
   * @return the datagram's length; 0 if the session can no longer be used
   */
  int seal(Peer peer, Session session, byte[] buffer, int at, int length, int mtu, long nowNs) {
    one[0] = length;
    return sealAll(peer, session, buffer, at, 0, one, 1, mtu, nowNs) == 1
        ? wireLength(length, mtu)
        : 0;
  }

  /**
   * Pads and seals packets in place, and tells the peer's timers that they leave now: what is the
   * same for all of them is done once.
   *
   * @param stride from the beginning of one datagram to that of the next
   * @param lengths the packets' lengths; all are 0, for keepalives, or none is
   * @return how many were sealed, the first ones; fewer if the session can no longer be used
   */
  int sealAll(
      Peer peer,
      Session session,
      byte[] buffer,
      int at,
      int stride,
      int[] lengths,
      int count,
      int mtu,
      long nowNs) {
    Limits limits = state.limits;
    TransportAead aead = lane.aead();
    long counter = session.takeCounters(count);
    int sealed = 0;
    while (sealed < count
        && Long.compareUnsigned(counter + sealed, limits.rejectAfterMessages()) < 0) {
      int datagram = at + sealed * stride;
      seal(aead, session, counter + sealed, buffer, datagram, lengths[sealed], mtu);
      sealed++;
    }
    // Keys wiped meanwhile would have sealed them so that anybody could open them.
    if (sealed == 0 || session.isWiped()) {
      return 0;
    }
    // Before they leave: an answer may be here before the call returns, and must find them armed.
    peer.timers().authenticatedSent(nowNs);
    if (lengths[0] > 0) {
      peer.timers().dataSent(nowNs, limits.jitter(jitter));
    }
    return sealed;
  }

  private static void seal(
      TransportAead aead,
      Session session,
      long counter,
      byte[] buffer,
      int at,
      int length,
      int mtu) {
    int padded = Padding.paddedLength(length, mtu);
    int start = at + HEADROOM;
    Arrays.fill(buffer, start + length, start + padded, (byte) 0);
    Transport.writeHeader(buffer, at, session.remoteIndex(), counter);
    aead.seal(session.sendKey(), counter, buffer, start, padded, buffer, start);
  }

  /** The bytes that a packet of this length takes on the wire, as UDP payload. */
  static int wireLength(int length, int mtu) {
    return HEADROOM + Padding.paddedLength(length, mtu) + TransportAead.TAG_SIZE;
  }
}
