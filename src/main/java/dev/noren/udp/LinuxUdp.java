package dev.noren.udp;

import dev.noren.linux.Errno;
import dev.noren.linux.Fd;
import dev.noren.linux.LinuxException;
import dev.noren.linux.Sockets;
import dev.noren.linux.Waiter;
import dev.noren.net.Datagram;
import dev.noren.net.Endpoint;
import java.io.UncheckedIOException;

/**
 * UDP on Linux: an IPv4 and an IPv6 socket, which stay in the network namespace of the thread that
 * opened them. Datagrams may be fragmented on the way, as the kernel's WireGuard lets its own. With
 * offloads the kernel cuts several datagrams from one buffer and merges those that arrive together.
 */
public final class LinuxUdp implements UdpSocket {
  private static final int V4 = 1;
  private static final int V6 = 2;

  /** Dropped datagrams after which a receive gives the loop a look at its other duties. */
  private static final int MOST_DROPS = 32;

  private final PortPair sockets;
  private final Waiter waiter;
  private final ReceiveBlock block = new ReceiveBlock();
  private final boolean merges;
  private final int both;
  private volatile boolean segments;
  private volatile int mark;

  /** The sockets that may have something, bits V4 and V6; the receiver's. */
  private int readable;

  /** Those that gave something since both were last looked at. */
  private int lively;

  /** The socket to look at first, so that a flood on one does not starve the other. */
  private int turn = V4;

  private LinuxUdp(PortPair sockets, Waiter waiter, int mark, boolean offloads) {
    this.sockets = sockets;
    this.waiter = waiter;
    this.mark = mark;
    both = sockets.v6() == null ? V4 : V4 | V6;
    segments = offloads && sockets.segments();
    merges = offloads && sockets.merge();
  }

  /** Opens the sockets without offloads, see {@link #open(int, int, boolean)}. */
  public static LinuxUdp open(int port, int mark) throws LinuxException {
    return open(port, mark, false);
  }

  /**
   * Opens the sockets.
   *
   * @param port 1 to 65535, or 0 for any free one
   * @param mark the mark on what is sent, 0 for none
   * @param offloads whether to hand over and take several datagrams in one call, where the kernel
   *     can: {@link #segments} and {@link #merges} tell
   * @throws LinuxException with a sentence: EADDRINUSE if the port is taken, EACCES below 1024
   *     without the capability, EPERM for a mark without the capability
   */
  public static LinuxUdp open(int port, int mark, boolean offloads) throws LinuxException {
    PortPair sockets = PortPair.open(port, mark);
    try {
      Fd[] fds =
          sockets.v6() == null ? new Fd[] {sockets.v4()} : new Fd[] {sockets.v4(), sockets.v6()};
      return new LinuxUdp(sockets, new Waiter(fds), mark, offloads);
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
      // Nobody awaited since they ran dry: look once more where something came from, then at both.
      readable = lively != 0 ? lively : both;
      lively = 0;
    }
    int drops = 0;
    while (readable != 0 && drops < MOST_DROPS) {
      int from = (readable & turn) != 0 ? turn : readable;
      turn = from ^ (V4 | V6);
      int length = block.receive(from == V4 ? sockets.v4() : sockets.v6(), into);
      if (length >= 0) {
        lively |= from;
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
    return sendWhole(bytes, offset, length, 0, to);
  }

  @Override
  public int sendSegments(byte[] bytes, int offset, int length, int segmentBytes, Endpoint to) {
    if (!segments || length <= segmentBytes || !UdpSocket.isTaken(length, segmentBytes)) {
      return UdpSocket.super.sendSegments(bytes, offset, length, segmentBytes, to);
    }
    int result = sendWhole(bytes, offset, length, segmentBytes, to);
    if (!SegmentRefusal.isOne(result)) {
      return result;
    }
    int oneByOne = UdpSocket.super.sendSegments(bytes, offset, length, segmentBytes, to);
    if (oneByOne <= 0 && SegmentRefusal.isForGood(result, segmentBytes)) {
      segments = false;
    }
    return oneByOne;
  }

  @Override
  public boolean segments() {
    return segments;
  }

  @Override
  public boolean merges() {
    return merges;
  }

  private int sendWhole(byte[] bytes, int offset, int length, int segmentBytes, Endpoint to) {
    Fd socket = to.address().v6() ? sockets.v6() : sockets.v4();
    if (socket == null) {
      return Errno.EAFNOSUPPORT;
    }
    SendBlock out = SendBlock.ofThread();
    out.fill(bytes, offset, length, segmentBytes, to);
    int errno = out.send(socket);
    if (errno == 0 || to.source() == null || !blamesSource(errno)) {
      return errno;
    }
    out.dropSource();
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

  /**
   * Sets an option that IPv4 sockets have; tests make the kernel refuse with it.
   *
   * @return 0 or the errno
   */
  int setOption(int level, int name, int value) {
    return Sockets.set(sockets.v4(), level, name, value);
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
