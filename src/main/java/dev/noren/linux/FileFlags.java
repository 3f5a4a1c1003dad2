package dev.noren.linux;

/** Flags of descriptors that came from another program. */
public final class FileFlags {
  private FileFlags() {}

  /**
   * Makes it like one that was opened here: not handed on, and calls return EAGAIN where they would
   * wait.
   */
  public static void own(Fd fd) throws LinuxException {
    int number = fd.acquire();
    if (number == Fd.CLOSED) {
      throw LinuxException.of("can't set flags of a file descriptor", Errno.EBADF);
    }
    try {
      int flags = LibC.fcntl(number, LibC.F_GETFL, 0);
      boolean done =
          flags >= 0
              && LibC.fcntl(number, LibC.F_SETFL, flags | LibC.O_NONBLOCK) >= 0
              && LibC.fcntl(number, LibC.F_SETFD, LibC.FD_CLOEXEC) >= 0;
      if (!done) {
        throw LinuxException.of("can't set flags of file descriptor " + number, LibC.errno());
      }
    } finally {
      fd.release();
    }
  }
}
