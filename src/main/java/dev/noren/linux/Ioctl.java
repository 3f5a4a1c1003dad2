package dev.noren.linux;

/** ioctl with memory or a number as its argument, made again when a signal came between. */
public final class Ioctl {
  private Ioctl() {}

  /**
   * A call that fills or reads a buffer.
   *
   * @return 0 or the errno
   */
  public static int call(Fd on, long request, NativeBuffer argument) {
    try {
      int result = call(on, request, argument.address());
      return Math.max(0, -result);
    } finally {
      argument.keep();
    }
  }

  /**
   * A call that takes a number.
   *
   * @return what the call gives, 0 or more, or the negative of the errno
   */
  public static int call(Fd on, long request, long argument) {
    int fd = on.acquire();
    if (fd == Fd.CLOSED) {
      return -Errno.EBADF;
    }
    try {
      while (true) {
        int result = LibC.ioctl(fd, request, argument);
        if (result >= 0) {
          return result;
        }
        int errno = LibC.errno();
        if (errno != Errno.EINTR) {
          return -errno;
        }
      }
    } finally {
      on.release();
    }
  }
}
