package dev.noren.probe;

import dev.noren.linux.Errno;
import dev.noren.linux.Fd;
import dev.noren.linux.LibC;
import dev.noren.linux.LinuxException;
import dev.noren.linux.NativeBuffer;
import dev.noren.linux.Poller;
import dev.noren.linux.SockAddr;
import dev.noren.linux.Sockets;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A socket to one host, with a mark from its first packet on. Connected, so that only this host's
 * packets come in and its refusals are heard; the kernel chooses the local port at random. For one
 * thread.
 */
final class MarkedSocket implements AutoCloseable {
  static final int IPPROTO_ICMP = 1;
  static final int IPPROTO_ICMPV6 = 58;
  private static final int MOST_BYTES = 65535;

  private final Fd fd;
  private final NativeBuffer buffer = new NativeBuffer(MOST_BYTES);
  private final Poller poller = new Poller(1);

  private MarkedSocket(Fd fd) {
    this.fd = fd;
  }

  /** For datagrams. */
  static MarkedSocket udp(Endpoint to, int mark) throws LinuxException {
    return open(to.address(), to.port(), to.scopeId(), Sockets.SOCK_DGRAM, 0, mark);
  }

  /** A stream, whose connection has only begun: {@link #awaitConnected} ends it. */
  static MarkedSocket tcp(Endpoint to, int mark) throws LinuxException {
    return open(to.address(), to.port(), to.scopeId(), Sockets.SOCK_STREAM, 0, mark);
  }

  /**
   * For ICMP or ICMPv6; needs CAP_NET_RAW. What it sends goes in one piece, whatever a route says
   * of the size: only so an echo shows what comes through.
   */
  static MarkedSocket icmp(IpAddress to, int mark) throws LinuxException {
    MarkedSocket socket =
        open(to, 0, 0, Sockets.SOCK_RAW, to.v6() ? IPPROTO_ICMPV6 : IPPROTO_ICMP, mark);
    int errno =
        to.v6()
            ? Sockets.set(
                socket.fd, Sockets.IPPROTO_IPV6, Sockets.IPV6_MTU_DISCOVER, Sockets.PMTUDISC_PROBE)
            : Sockets.set(
                socket.fd, Sockets.IPPROTO_IP, Sockets.IP_MTU_DISCOVER, Sockets.PMTUDISC_PROBE);
    if (errno != 0) {
      socket.close();
      throw LinuxException.of("can't have echoes sent in one piece", errno);
    }
    return socket;
  }

  private static MarkedSocket open(
      IpAddress to, int port, int scopeId, int type, int protocol, int mark) throws LinuxException {
    int family = to.v6() ? SockAddr.AF_INET6 : SockAddr.AF_INET;
    Fd fd = Sockets.open(family, type | Sockets.SOCK_NONBLOCK, protocol);
    try {
      int errno = mark == 0 ? 0 : Sockets.set(fd, Sockets.SOL_SOCKET, Sockets.SO_MARK, mark);
      if (errno != 0) {
        throw LinuxException.of("can't mark a socket, which needs CAP_NET_ADMIN", errno);
      }
      NativeBuffer address = new NativeBuffer(SockAddr.V6_SIZE);
      int length =
          to.v6()
              ? SockAddr.putV6(address, 0, to.high(), to.low(), port, scopeId)
              : SockAddr.putV4(address, 0, (int) to.low(), port);
      errno = Sockets.connect(fd, address, length);
      if (errno != 0 && errno != Errno.EINPROGRESS) {
        throw LinuxException.of("can't reach " + to, errno);
      }
      return new MarkedSocket(fd);
    } catch (LinuxException e) {
      fd.close();
      throw e;
    }
  }

  /**
   * Sends bytes; of a stream perhaps only the first of them.
   *
   * @return how many, or the negative of the errno
   */
  int send(byte[] bytes, int offset, int length) {
    int number = fd.acquire();
    if (number == Fd.CLOSED) {
      return -Errno.EBADF;
    }
    try {
      buffer.put(0, bytes, offset, length);
      long sent;
      do {
        sent = LibC.send(number, buffer.address(), length, LibC.MSG_NOSIGNAL);
      } while (sent < 0 && LibC.errno() == Errno.EINTR);
      return sent < 0 ? -LibC.errno() : (int) sent;
    } finally {
      buffer.keep();
      fd.release();
    }
  }

  /**
   * Takes what is there, at most as much as fits.
   *
   * @return how many bytes, or the negative of the errno; EAGAIN where there is nothing
   */
  int receive(byte[] into, int offset, int length) {
    int number = fd.acquire();
    if (number == Fd.CLOSED) {
      return -Errno.EBADF;
    }
    try {
      int most = Math.min(length, MOST_BYTES);
      long got;
      do {
        got = LibC.read(number, buffer.address(), most);
      } while (got < 0 && LibC.errno() == Errno.EINTR);
      if (got < 0) {
        return -LibC.errno();
      }
      buffer.get(0, into, offset, (int) got);
      return (int) got;
    } finally {
      buffer.keep();
      fd.release();
    }
  }

  /**
   * Waits until something can be received, or it failed.
   *
   * @param untilNs a reading of {@link System#nanoTime}
   * @return false if that came first
   */
  boolean awaitReadable(long untilNs) {
    return await(Poller.IN, untilNs);
  }

  /**
   * Waits until something can be received by one of several, or one failed.
   *
   * @param untilNs a reading of {@link System#nanoTime}
   */
  static void awaitAnyReadable(List<MarkedSocket> sockets, long untilNs) {
    long leftMs = TimeUnit.NANOSECONDS.toMillis(untilNs - System.nanoTime()) + 1;
    if (leftMs <= 0) {
      return;
    }
    Poller all = new Poller(sockets.size());
    int held = 0;
    try {
      for (; held < sockets.size(); held++) {
        int number = sockets.get(held).fd.acquire();
        if (number == Fd.CLOSED) {
          return;
        }
        all.watch(held, number, Poller.IN);
      }
      all.await((int) Math.min(leftMs, Integer.MAX_VALUE));
    } finally {
      sockets.subList(0, held).forEach(each -> each.fd.release());
    }
  }

  /** Waits until a stream is connected, or has failed. */
  boolean awaitConnected(long untilNs) {
    return await(Poller.OUT, untilNs);
  }

  /** Waits until a stream takes more, or has failed. */
  boolean awaitWritable(long untilNs) {
    return await(Poller.OUT, untilNs);
  }

  /** The same socket for a second thread; closing either closes it. */
  MarkedSocket other() {
    return new MarkedSocket(fd);
  }

  private boolean await(int events, long untilNs) {
    long leftMs = TimeUnit.NANOSECONDS.toMillis(untilNs - System.nanoTime()) + 1;
    if (leftMs <= 0) {
      return false;
    }
    int number = fd.acquire();
    if (number == Fd.CLOSED) {
      return false;
    }
    try {
      poller.watch(0, number, events);
      return poller.await((int) Math.min(leftMs, Integer.MAX_VALUE)) > 0;
    } finally {
      fd.release();
    }
  }

  @Override
  public void close() {
    fd.close();
  }
}
