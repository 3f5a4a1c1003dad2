package dev.noren.udp;

import dev.noren.linux.Errno;
import dev.noren.linux.Fd;
import dev.noren.linux.LinuxException;
import dev.noren.linux.NativeBuffer;
import dev.noren.linux.PacketInfo;
import dev.noren.linux.SegmentInfo;
import dev.noren.linux.SockAddr;
import dev.noren.linux.Sockets;

/**
 * An IPv4 and, where the machine has IPv6, an IPv6 socket on one port.
 *
 * @param port the port of both
 * @param v4 the IPv4 socket
 * @param v6 the IPv6 socket, or null
 */
record PortPair(int port, Fd v4, Fd v6) {
  /** Ports to try when any will do and IPv6 has taken the one that IPv4 was given. */
  private static final int ATTEMPTS = 100;

  /** As much as the kernel may hold for us while the loop is busy, bytes in each direction. */
  private static final int BUFFER_BYTES = 7 << 20;

  /** Far longer than a call takes that waits for nothing. */
  private static final long MOST_WAIT_NS = 100_000_000;

  private static final int IP_MTU_DISCOVER = 10;
  private static final int IPV6_MTU_DISCOVER = 23;
  private static final int PMTUDISC_DONT = 0;
  private static final int IPV6_V6ONLY = 26;

  /**
   * Opens both.
   *
   * @param port 1 to 65535, or 0 for any that is free in both families
   * @param mark the mark on what is sent, 0 for none
   */
  static PortPair open(int port, int mark) throws LinuxException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      PortPair pair = tryOpen(port, mark);
      if (pair != null) {
        return pair;
      }
    }
    throw new LinuxException(
        "found no UDP port that is free for both IPv4 and IPv6: choose one with ListenPort",
        Errno.EADDRINUSE);
  }

  /** Both sockets; null if another port should be tried. */
  private static PortPair tryOpen(int wanted, int mark) throws LinuxException {
    Fd v4 = Sockets.open(SockAddr.AF_INET, Sockets.SOCK_DGRAM | Sockets.SOCK_NONBLOCK, 0);
    Fd v6 = null;
    boolean done = false;
    try {
      prepareV4(v4, mark);
      int errno = bind(v4, false, wanted);
      if (errno != 0) {
        throw refused(wanted, errno);
      }
      int port = Sockets.localPort(v4);
      v6 = openV6();
      if (v6 != null) {
        prepareV6(v6, mark);
        errno = bind(v6, true, port);
      }
      if (errno == Errno.EADDRNOTAVAIL) {
        v6.close();
        v6 = null;
      } else if (errno == Errno.EADDRINUSE && wanted == 0) {
        return null;
      } else if (errno != 0) {
        throw refused(port, errno);
      }
      done = true;
      return new PortPair(port, v4, v6);
    } finally {
      if (!done) {
        v4.close();
        if (v6 != null) {
          v6.close();
        }
      }
    }
  }

  /** The IPv6 socket; null where the kernel has no IPv6. */
  private static Fd openV6() throws LinuxException {
    try {
      return Sockets.open(SockAddr.AF_INET6, Sockets.SOCK_DGRAM | Sockets.SOCK_NONBLOCK, 0);
    } catch (LinuxException e) {
      if (e.errno() == Errno.EAFNOSUPPORT || e.errno() == Errno.EPROTONOSUPPORT) {
        return null;
      }
      throw e;
    }
  }

  private static int bind(Fd socket, boolean v6, int port) {
    NativeBuffer address = new NativeBuffer(SockAddr.V6_SIZE);
    int length =
        v6 ? SockAddr.putV6(address, 0, 0, 0, port, 0) : SockAddr.putV4(address, 0, 0, port);
    return Sockets.bind(socket, address, length);
  }

  private static LinuxException refused(int port, int errno) {
    String why =
        switch (errno) {
          case Errno.EADDRINUSE ->
              " is taken by another program: stop that, or choose another ListenPort";
          case Errno.EACCES, Errno.EPERM ->
              " needs CAP_NET_BIND_SERVICE: run as root, or choose a ListenPort from 1024 up";
          default -> " can't be bound: " + Errno.describe(errno);
        };
    return new LinuxException("UDP port " + port + why, errno);
  }

  private static void prepareV4(Fd socket, int mark) throws LinuxException {
    require(socket, PacketInfo.IPPROTO_IP, PacketInfo.IP_PKTINFO, 1);
    require(socket, PacketInfo.IPPROTO_IP, IP_MTU_DISCOVER, PMTUDISC_DONT);
    prepare(socket, mark);
  }

  private static void prepareV6(Fd socket, int mark) throws LinuxException {
    require(socket, PacketInfo.IPPROTO_IPV6, IPV6_V6ONLY, 1);
    require(socket, PacketInfo.IPPROTO_IPV6, PacketInfo.IPV6_RECVPKTINFO, 1);
    require(socket, PacketInfo.IPPROTO_IPV6, IPV6_MTU_DISCOVER, PMTUDISC_DONT);
    prepare(socket, mark);
  }

  private static void prepare(Fd socket, int mark) throws LinuxException {
    buffer(socket, Sockets.SO_RCVBUFFORCE, Sockets.SO_RCVBUF);
    buffer(socket, Sockets.SO_SNDBUFFORCE, Sockets.SO_SNDBUF);
    if (mark != 0) {
      mark(socket, mark);
    }
  }

  /** Asks for more than the system's limit, or else for as much as the limit gives. */
  private static void buffer(Fd socket, int force, int plain) throws LinuxException {
    if (Sockets.set(socket, Sockets.SOL_SOCKET, force, BUFFER_BYTES) != 0) {
      require(socket, Sockets.SOL_SOCKET, plain, BUFFER_BYTES);
    }
  }

  private static void require(Fd socket, int level, int name, int value) throws LinuxException {
    int errno = Sockets.set(socket, level, name, value);
    if (errno != 0) {
      throw LinuxException.of(
          "can't set option " + name + " of level " + level + " on a UDP socket", errno);
    }
  }

  /** Sets the mark of one socket. */
  static void mark(Fd socket, int mark) throws LinuxException {
    int errno = Sockets.set(socket, Sockets.SOL_SOCKET, Sockets.SO_MARK, mark);
    if (errno == Errno.EPERM) {
      throw new LinuxException(
          "FwMark "
              + mark
              + " on the UDP socket needs CAP_NET_ADMIN: run as root, or leave FwMark out",
          errno);
    }
    if (errno != 0) {
      throw LinuxException.of("can't set FwMark " + mark + " on the UDP socket", errno);
    }
  }

  /** Whether the kernel knows how to cut datagrams from one buffer (Linux 4.18). */
  boolean segments() {
    try {
      Sockets.get(v4, SegmentInfo.SOL_UDP, SegmentInfo.UDP_SEGMENT);
      return true;
    } catch (LinuxException e) {
      return false;
    }
  }

  /**
   * Asks for datagrams that arrive together to be merged (Linux 5.0).
   *
   * @return whether the kernel will, on one of the sockets at least
   */
  boolean merge() {
    boolean four = merge(v4);
    return (v6 != null && merge(v6)) || four;
  }

  private static boolean merge(Fd socket) {
    return Sockets.set(socket, SegmentInfo.SOL_UDP, SegmentInfo.UDP_GRO, 1) == 0;
  }

  /**
   * Closes both. A call that is under way, as the receiver's, is waited for, so that another socket
   * can have the port at once.
   */
  void close() {
    v4.close();
    if (v6 != null) {
      v6.close();
      v6.awaitFree(MOST_WAIT_NS);
    }
    v4.awaitFree(MOST_WAIT_NS);
  }
}
