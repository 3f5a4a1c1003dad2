package dev.noren.linux;

import java.util.function.IntUnaryOperator;

/** Opens, binds and sets sockets; failures come back as errno, since only the caller knows why. */
public final class Sockets {
  /** A datagram socket. */
  public static final int SOCK_DGRAM = 2;

  /** A stream socket. */
  public static final int SOCK_STREAM = 1;

  /** A raw socket. */
  public static final int SOCK_RAW = 3;

  /** Set with the type: calls return EAGAIN where they would wait. */
  public static final int SOCK_NONBLOCK = LibC.O_NONBLOCK;

  /** Set with the type: not handed to programs that this process starts. */
  public static final int SOCK_CLOEXEC = LibC.O_CLOEXEC;

  /** The level of the options that every socket has. */
  public static final int SOL_SOCKET = 1;

  /** Who connected: a ucred of three numbers, process, user and group (unix(7)). */
  static final int SO_PEERCRED = 17;

  /** Bytes that wait to be sent, up to the system's limit. */
  public static final int SO_SNDBUF = 7;

  /** Bytes that wait to be received, up to the system's limit. */
  public static final int SO_RCVBUF = 8;

  /** Whether it listens. */
  public static final int SO_ACCEPTCONN = 30;

  /** Like SO_SNDBUF, past the system's limit; needs CAP_NET_ADMIN. */
  public static final int SO_SNDBUFFORCE = 32;

  /** Like SO_RCVBUF, past the system's limit; needs CAP_NET_ADMIN. */
  public static final int SO_RCVBUFFORCE = 33;

  /** The mark that routing rules and the firewall see; needs CAP_NET_ADMIN. */
  public static final int SO_MARK = 36;

  /** The address family. */
  public static final int SO_DOMAIN = 39;

  /** For IPv4 options, and for IPv6's. */
  public static final int IPPROTO_IP = 0;

  public static final int IPPROTO_IPV6 = 41;

  /** How a socket finds out how large its packets may be, and the same for IPv6. */
  public static final int IP_MTU_DISCOVER = 10;

  public static final int IPV6_MTU_DISCOVER = 23;

  /** In one piece, as large as the interface takes it, whatever the route says. */
  public static final int PMTUDISC_PROBE = 3;

  private static final int ADDRESS_ROOM = 128;

  private Sockets() {}

  /**
   * Opens a socket; SOCK_CLOEXEC is always added.
   *
   * @throws LinuxException with the errno, where the caller has no better sentence
   */
  public static Fd open(int domain, int type, int protocol) throws LinuxException {
    int number = LibC.socket(domain, type | SOCK_CLOEXEC, protocol);
    if (number < 0) {
      throw LinuxException.of("can't open a socket of family " + domain, LibC.errno());
    }
    return new Fd(number);
  }

  /**
   * Opens two Unix datagram sockets, each of which receives what the other sends; SOCK_CLOEXEC and
   * SOCK_NONBLOCK are set.
   *
   * @throws LinuxException with the errno
   */
  public static Fd[] pair() throws LinuxException {
    NativeBuffer two = new NativeBuffer(2 * Integer.BYTES);
    try {
      int type = SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
      if (LibC.socketpair(UnixAddress.AF_UNIX, type, 0, two.address()) < 0) {
        throw LinuxException.of("can't open a pair of sockets", LibC.errno());
      }
      return new Fd[] {new Fd(two.getInt(0)), new Fd(two.getInt(Integer.BYTES))};
    } finally {
      two.keep();
    }
  }

  /**
   * Sets an option that takes a number.
   *
   * @return 0 or the errno
   */
  public static int set(Fd socket, int level, int name, int value) {
    NativeBuffer number = new NativeBuffer(Integer.BYTES);
    number.putInt(0, value);
    return result(
        socket, number, fd -> LibC.setsockopt(fd, level, name, number.address(), Integer.BYTES));
  }

  /**
   * Reads an option that is a number.
   *
   * @throws LinuxException with the errno
   */
  public static int get(Fd socket, int level, int name) throws LinuxException {
    NativeBuffer room = new NativeBuffer(2 * Integer.BYTES);
    room.putInt(Integer.BYTES, Integer.BYTES);
    int fd = socket.acquire();
    if (fd == Fd.CLOSED) {
      throw LinuxException.of("can't read a socket's option", Errno.EBADF);
    }
    try {
      long lengthAt = room.address() + Integer.BYTES;
      if (LibC.getsockopt(fd, level, name, room.address(), lengthAt) < 0) {
        throw LinuxException.of("can't read option " + name + " of a socket", LibC.errno());
      }
      return room.getInt(0);
    } finally {
      room.keep();
      socket.release();
    }
  }

  /**
   * The user who connected the other end of a Unix socket, as the kernel knows it.
   *
   * @throws LinuxException with the errno
   */
  static int peerUser(Fd socket) throws LinuxException {
    int length = 3 * Integer.BYTES;
    NativeBuffer room = new NativeBuffer(length + Integer.BYTES);
    room.putInt(length, length);
    int errno =
        result(
            socket,
            room,
            fd ->
                LibC.getsockopt(
                    fd, SOL_SOCKET, SO_PEERCRED, room.address(), room.address() + length));
    if (errno != 0) {
      throw LinuxException.of("can't ask who connected to a Unix socket", errno);
    }
    return room.getInt(Integer.BYTES);
  }

  /**
   * Binds to the address that stands at the start of the buffer.
   *
   * @return 0 or the errno
   */
  public static int bind(Fd socket, NativeBuffer address, int length) {
    return result(socket, address, fd -> LibC.bind(fd, address.address(), length));
  }

  /**
   * Connects to the address that stands at the start of the buffer.
   *
   * @return 0 or the errno
   */
  public static int connect(Fd socket, NativeBuffer address, int length) {
    int errno;
    do {
      errno = result(socket, address, fd -> LibC.connect(fd, address.address(), length));
    } while (errno == Errno.EINTR);
    return errno;
  }

  /**
   * Lets others connect.
   *
   * @return 0 or the errno
   */
  static int listen(Fd socket, int backlog) {
    return result(socket, null, fd -> LibC.listen(fd, backlog));
  }

  /**
   * Sets the permissions that a Unix socket's file will have once it is bound.
   *
   * @return 0 or the errno
   */
  static int chmod(Fd socket, int mode) {
    return result(socket, null, fd -> LibC.fchmod(fd, mode));
  }

  /** Makes a call on the descriptor while it and the memory that the call uses are held. */
  private static int result(Fd socket, NativeBuffer used, IntUnaryOperator call) {
    int fd = socket.acquire();
    if (fd == Fd.CLOSED) {
      return Errno.EBADF;
    }
    try {
      return call.applyAsInt(fd) < 0 ? LibC.errno() : 0;
    } finally {
      if (used != null) {
        used.keep();
      }
      socket.release();
    }
  }

  /**
   * The port that an internet socket is bound to.
   *
   * @throws LinuxException with the errno
   */
  public static int localPort(Fd socket) throws LinuxException {
    return SockAddr.port(localName(socket), 0);
  }

  /** The address that a socket is bound to, in its family's layout. */
  static NativeBuffer localName(Fd socket) throws LinuxException {
    NativeBuffer room = new NativeBuffer(ADDRESS_ROOM + Integer.BYTES);
    room.putInt(ADDRESS_ROOM, ADDRESS_ROOM);
    int fd = socket.acquire();
    if (fd == Fd.CLOSED) {
      throw LinuxException.of("can't ask a socket for its address", Errno.EBADF);
    }
    try {
      if (LibC.getsockname(fd, room.address(), room.address() + ADDRESS_ROOM) < 0) {
        throw LinuxException.of("can't ask a socket for its address", LibC.errno());
      }
      return room;
    } finally {
      room.keep();
      socket.release();
    }
  }
}
