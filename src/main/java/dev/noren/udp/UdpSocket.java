package dev.noren.udp;

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

  /** The local port, 1 to 65535. */
  int port();

  /**
   * Waits until a datagram may be there.
   *
   * @return false when woken or closed
   */
  boolean await();

  /**
   * Takes one datagram: bytes, length, sender, and the local address if the system tells it. One
   * that does not fit, or that has no sender to answer to, is dropped.
   *
   * @return its length in bytes, or -1 if nothing is there now or the socket is closed
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
