package dev.noren.linux;

/** The error numbers that this program tells apart; the same on x86-64 and aarch64. */
public final class Errno {
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int EINTR = 4;
  public static final int EIO = 5;
  public static final int ENXIO = 6;
  public static final int EBADF = 9;
  public static final int EAGAIN = 11;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int EFAULT = 14;
  public static final int EBUSY = 16;
  public static final int EEXIST = 17;
  public static final int ENODEV = 19;
  public static final int ENOTDIR = 20;
  public static final int EINVAL = 22;
  public static final int EMFILE = 24;
  public static final int ENFILE = 23;
  public static final int ENOTTY = 25;
  public static final int ENOSPC = 28;
  public static final int EROFS = 30;
  public static final int EPIPE = 32;
  public static final int ENAMETOOLONG = 36;
  public static final int ENOSYS = 38;
  public static final int EPROTO = 71;
  public static final int EBADFD = 77;
  public static final int ENOTSOCK = 88;
  public static final int EMSGSIZE = 90;
  public static final int ENOPROTOOPT = 92;
  public static final int EPROTONOSUPPORT = 93;
  public static final int EOPNOTSUPP = 95;
  public static final int EAFNOSUPPORT = 97;
  public static final int EADDRINUSE = 98;
  public static final int EADDRNOTAVAIL = 99;
  public static final int ENETDOWN = 100;
  public static final int ENETUNREACH = 101;
  public static final int ECONNABORTED = 103;
  public static final int ECONNRESET = 104;
  public static final int ENOBUFS = 105;
  public static final int ENOTCONN = 107;
  public static final int ETIMEDOUT = 110;
  public static final int ECONNREFUSED = 111;
  public static final int EHOSTDOWN = 112;
  public static final int EHOSTUNREACH = 113;
  public static final int EINPROGRESS = 115;

  private Errno() {}

  /** What it means in a few words, with its name: "no such file (ENOENT)". */
  public static String describe(int errno) {
    return switch (errno) {
      case EPERM -> "not permitted (EPERM)";
      case ENOENT -> "no such file (ENOENT)";
      case EINTR -> "interrupted (EINTR)";
      case EIO -> "input or output failed (EIO)";
      case ENXIO -> "no such device (ENXIO)";
      case EBADF -> "not an open descriptor (EBADF)";
      case EAGAIN -> "nothing now (EAGAIN)";
      case ENOMEM -> "out of memory (ENOMEM)";
      case EACCES -> "permission denied (EACCES)";
      case EFAULT -> "bad address (EFAULT)";
      case EBUSY -> "busy (EBUSY)";
      case EEXIST -> "it exists already (EEXIST)";
      case ENODEV -> "no such device (ENODEV)";
      case ENOTDIR -> "a part of the path is no folder (ENOTDIR)";
      case EINVAL -> "invalid argument (EINVAL)";
      case EMFILE -> "this process has too many open files (EMFILE)";
      case ENFILE -> "the system has too many open files (ENFILE)";
      case ENOTTY -> "not for this kind of descriptor (ENOTTY)";
      case ENOSPC -> "no space left (ENOSPC)";
      case EROFS -> "the file system is read-only (EROFS)";
      case EPIPE -> "the other end is closed (EPIPE)";
      case ENAMETOOLONG -> "the name is too long (ENAMETOOLONG)";
      case ENOSYS -> "the kernel has no such call (ENOSYS)";
      case EPROTO -> "protocol error (EPROTO)";
      case EBADFD -> "the device is gone (EBADFD)";
      case ENOTSOCK -> "not a socket (ENOTSOCK)";
      case EMSGSIZE -> "the message is too long (EMSGSIZE)";
      case ENOPROTOOPT -> "no such socket option (ENOPROTOOPT)";
      case EPROTONOSUPPORT -> "the protocol is not supported (EPROTONOSUPPORT)";
      case EOPNOTSUPP -> "not supported (EOPNOTSUPP)";
      case EAFNOSUPPORT -> "the address family is not supported (EAFNOSUPPORT)";
      case EADDRINUSE -> "the address is in use (EADDRINUSE)";
      case EADDRNOTAVAIL -> "the address is not available (EADDRNOTAVAIL)";
      case ENETDOWN -> "the network is down (ENETDOWN)";
      case ENETUNREACH -> "the network is unreachable (ENETUNREACH)";
      case ECONNABORTED -> "the connection was aborted (ECONNABORTED)";
      case ECONNRESET -> "the connection was reset (ECONNRESET)";
      case ETIMEDOUT -> "nobody has answered in time (ETIMEDOUT)";
      case ENOBUFS -> "no buffer space left (ENOBUFS)";
      case ENOTCONN -> "not connected (ENOTCONN)";
      case ECONNREFUSED -> "the connection was refused (ECONNREFUSED)";
      case EHOSTDOWN -> "the host is down (EHOSTDOWN)";
      case EINPROGRESS -> "not done yet (EINPROGRESS)";
      case EHOSTUNREACH -> "the host is unreachable (EHOSTUNREACH)";
      default -> "error " + errno;
    };
  }
}
