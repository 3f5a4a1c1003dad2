package dev.noren.tunnel;

import dev.noren.protocol.peer.Peer;
import dev.noren.tun.TunDevice;
import dev.noren.udp.UdpSocket;

/**
 * Sealed datagrams to one peer, one behind the other, that leave with one system call. All but the
 * last have one length, as segmentation offload wants it. It belongs to one loop.
 */
final class OutboundBatch {
  /** The longest single datagram: a packet of any length with its overhead. */
  private static final int LONGEST = PacketSender.HEADROOM + TunDevice.MOST_BYTES;

  private final TunnelState state;
  private final Counters counters;
  private final byte[] buffer = new byte[UdpSocket.BEST_BYTES + LONGEST + PacketSender.TAILROOM];
  private Peer peer;
  private int length;
  private int segmentBytes;
  private int segments;
  private boolean complete;

  OutboundBatch(TunnelState state, Counters counters) {
    this.state = state;
    this.counters = counters;
  }

  /** Where the next datagrams are to be written, from {@link #end} on. */
  byte[] buffer() {
    return buffer;
  }

  /** Where the next datagram begins. */
  int end() {
    return length;
  }

  /**
   * Makes room for datagrams of this length to this peer, sending what is there if they cannot
   * follow it.
   *
   * @param wireLength the length of the first of them
   * @return how many fit, at least one
   */
  int room(Peer to, int wireLength) {
    boolean follows =
        segments > 0
            && to.equals(peer)
            && !complete
            && wireLength <= segmentBytes
            && segments < UdpSocket.MOST_SEGMENTS
            && length + wireLength <= UdpSocket.BEST_BYTES;
    if (!follows) {
      flush();
      peer = to;
      segmentBytes = wireLength;
    }
    if (wireLength < segmentBytes) {
      return 1; // A shorter one can only be the last.
    }
    int fit = (UdpSocket.BEST_BYTES - length) / wireLength;
    return Math.max(1, Math.min(fit, UdpSocket.MOST_SEGMENTS - segments));
  }

  /** After a datagram was written at {@link #end}. */
  void added(int wireLength) {
    length += wireLength;
    segments++;
    complete |= wireLength < segmentBytes;
  }

  /** Sends what is there. */
  void flush() {
    if (segments > 0 && state.send(buffer, length, segmentBytes, peer, counters)) {
      peer.traffic().outboundSent(length);
    }
    peer = null;
    length = 0;
    segments = 0;
    complete = false;
  }
}
