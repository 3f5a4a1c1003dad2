package dev.noren.udp;

import dev.noren.linux.Errno;
import dev.noren.net.Datagram;
import dev.noren.net.Endpoint;
import java.io.IOException;

/**
 * UDP over IPv4 and IPv6 on one port. One thread awaits and receives; any thread may send, wake,
 * set the mark and close.
 */
public interface UdpSocket extends AutoCloseable {
  /**
   * What {@link #send} gives when the datagram left, but not from the endpoint's source, which is
   * no longer ours: the sender should go on with {@link Endpoint#withoutSource}.
   */
  int SENT_WITHOUT_SOURCE = -1;

  /** The most datagrams that one {@link #sendSegments} takes, as Linux allows since 4.18. */
  int MOST_SEGMENTS = 64;

  /**
   * The most bytes that one {@link #sendSegments} takes: 65535 less IPv4 and UDP header. Interfaces
   * take at most 65535 bytes with all headers at once: what has more than {@link #BEST_BYTES} the
   * kernel cuts itself.
   */
  int MOST_SEGMENTS_BYTES = 65507;

  /** The most bytes for one {@link #sendSegments} to stay whole: less IPv6, UDP and link header. */
  int BEST_BYTES = 65535 - 40 - 8 - 14;

  /** The local port, 1 to 65535. */
  int port();

  /**
   * Waits until a datagram may be there.
   *
   * @return false when woken or closed
   */
  boolean await();

  /**
   * Takes one datagram: bytes, length, sender, and the local address if the system tells it. Where
   * {@link #merges}, it may be several, see {@link Datagram#segmentBytes}, and {@code into} should
   * have room for {@link Datagram#MAX_SIZE}. What does not fit, or has no sender to answer to, is
   * dropped.
   *
   * @return the length in bytes, or -1 if nothing is there now or the socket is closed
   * @throws IOException if the socket is of no more use
   */
  int receive(Datagram into) throws IOException;

  /**
   * Sends one datagram without waiting, from the endpoint's source if it has one.
   *
   * @return 0; {@link #SENT_WITHOUT_SOURCE}; or the errno, and then it was not sent
   */
  int send(byte[] bytes, int offset, int length, Endpoint to);

  /**
   * Sends several datagrams of one length, in order, without waiting; in one call to the system
   * where {@link #segments}. More than {@link #MOST_SEGMENTS} or {@link #MOST_SEGMENTS_BYTES} are
   * refused with EMSGSIZE.
   *
   * @param length bytes of all datagrams, which stand one after the other without a gap
   * @param segmentBytes bytes of each but the last, which has what is left; from {@code length} up
   *     there is only one
   * @return as from {@link #send}; an errno is that of the first datagram that was not sent, and
   *     others may have been sent
   */
  default int sendSegments(byte[] bytes, int offset, int length, int segmentBytes, Endpoint to) {
    if (length <= segmentBytes) {
      return send(bytes, offset, length, to);
    }
    if (!isTaken(length, segmentBytes)) {
      return Errno.EMSGSIZE;
    }
    Endpoint target = to;
    int result = 0;
    for (int at = 0; at < length; at += segmentBytes) {
      int one = send(bytes, offset + at, Math.min(segmentBytes, length - at), target);
      if (one == SENT_WITHOUT_SOURCE) {
        target = to.withoutSource();
      }
      if (result == 0 || (result < 0 && one > 0)) {
        result = one;
      }
    }
    return result;
  }

  /** Whether {@link #sendSegments} takes so many bytes in such pieces. */
  static boolean isTaken(int length, int segmentBytes) {
    return length <= MOST_SEGMENTS_BYTES && length <= (long) segmentBytes * MOST_SEGMENTS;
  }

  /** Whether {@link #sendSegments} needs one call to the system only; once false, it stays so. */
  default boolean segments() {
    return false;
  }

  /** Whether a receive may bring several datagrams at once. */
  default boolean merges() {
    return false;
  }

  /**
   * Sets the mark that routing rules and the firewall see on what is sent; 0 for none.
   *
   * @throws java.io.UncheckedIOException if the system refuses
   */
  void setMark(int mark);

  /** Ends the await that runs, or else the next one. */
  void wake();

  @Override
  void close();
}
