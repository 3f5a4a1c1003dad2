package dev.noren.udp;

import dev.noren.linux.Errno;
import dev.noren.linux.Fd;
import dev.noren.linux.LinuxException;
import dev.noren.linux.Waiter;
import dev.noren.net.Datagram;
import dev.noren.net.Endpoint;
import java.io.UncheckedIOException;

/**
 * UDP on Linux: an IPv4 and an IPv6 socket, which stay in the network namespace of the thread that
 * opened them. Datagrams may be fragmented on the way, as the kernel's WireGuard lets its own.
 */
public final class LinuxUdp implements UdpSocket {
  private static final int V4 = 1;
  private static final int V6 = 2;

  /** Dropped datagrams after which a receive gives the loop a look at its other duties. */
  private static final int MOST_DROPS = 32;

  private final PortPair sockets;
  private final Waiter waiter;
  private final ReceiveBlock block = new ReceiveBlock();
  private volatile int mark;

  /** The sockets that may have something, bits V4 and V6; the receiver's. */
  private int readable;

  /** The socket to look at first, so that a flood on one does not starve the other. */
  private int turn = V4;

  private LinuxUdp(PortPair sockets, Waiter waiter, int mark) {
    this.sockets = sockets;
    this.waiter = waiter;
    this.mark = mark;
  }

  /**
   * Opens the sockets.
   *
   * @param port 1 to 65535, or 0 for any free one
   * @param mark the mark on what is sent, 0 for none
   * @throws LinuxException with a sentence: EADDRINUSE if the port is taken, EACCES below 1024
   *     without the capability, EPERM for a mark without the capability
   */
  public static LinuxUdp open(int port, int mark) throws LinuxException {
    PortPair sockets = PortPair.open(port, mark);
    try {
      Fd[] fds =
          sockets.v6() == null ? new Fd[] {sockets.v4()} : new Fd[] {sockets.v4(), sockets.v6()};
      return new LinuxUdp(sockets, new Waiter(fds), mark);
    } catch (LinuxException e) {
      sockets.close();
      throw e;
    }
  }

  @Override
  public int port() {
    return sockets.port();
  }

  /** Whether the machine let us have an IPv6 socket. */
  public boolean hasV6() {
    return sockets.v6() != null;
  }

  @Override
  public boolean await() {
    readable = waiter.await();
    return readable != 0;
  }

  @Override
  public int receive(Datagram into) throws LinuxException {
    if (readable == 0) {
      // Nobody awaited since both ran dry: look at both.
      readable = sockets.v6() == null ? V4 : V4 | V6;
    }
    int drops = 0;
    while (readable != 0 && drops < MOST_DROPS) {
      int from = (readable & turn) != 0 ? turn : readable;
      turn = from ^ (V4 | V6);
      int length = block.receive(from == V4 ? sockets.v4() : sockets.v6(), into);
      if (length >= 0) {
        return length;
      }
      if (length == ReceiveBlock.DROPPED) {
        drops++;
      } else {
        readable &= ~from;
      }
    }
    return -1;
  }

  @Override
  public int send(byte[] bytes, int offset, int length, Endpoint to) {
    if (length > Datagram.MAX_SIZE) {
      return Errno.EMSGSIZE;
    }
    boolean v6 = to.address().v6();
    Fd socket = v6 ? sockets.v6() : sockets.v4();
    if (socket == null) {
      return Errno.EAFNOSUPPORT;
    }
    SendBlock out = SendBlock.ofThread();
    out.fill(bytes, offset, length, to);
    int errno = out.send(socket);
    if (errno == 0 || to.source() == null || !blamesSource(errno)) {
      return errno;
    }
    out.dropSource(length, v6);
    errno = out.send(socket);
    return errno == 0 ? SENT_WITHOUT_SOURCE : errno;
  }

  /** Whether a source address that is no longer ours, or has no route, may be the reason. */
  private static boolean blamesSource(int errno) {
    return switch (errno) {
      case Errno.EINVAL,
          Errno.EADDRNOTAVAIL,
          Errno.ENETUNREACH,
          Errno.EHOSTUNREACH,
          Errno.ENETDOWN,
          Errno.ENODEV,
          Errno.ENXIO ->
          true;
      default -> false;
    };
  }

  @Override
  public void setMark(int newMark) {
    if (newMark == mark) {
      return;
    }
    try {
      PortPair.mark(sockets.v4(), newMark);
      if (sockets.v6() != null) {
        PortPair.mark(sockets.v6(), newMark);
      }
    } catch (LinuxException e) {
      throw new UncheckedIOException(e);
    }
    mark = newMark;
  }

  @Override
  public void wake() {
    waiter.wake();
  }

  @Override
  public void close() {
    waiter.close();
    sockets.close();
  }
}
