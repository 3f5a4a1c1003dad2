package dev.noren.linux;

/**
 * The kernel's watchdog: once it is open, the machine is restarted unless somebody writes to it
 * every few seconds. It is held until {@link #release}, which alone takes it off the machine's
 * neck.
 */
public final class WatchdogDevice implements AutoCloseable {
  /** Written as the last thing before a close, it stops the watchdog ("magic close"). */
  private static final int MAGIC = 'V';

  private static final int ANY = '.';

  private final Fd fd;
  private final NativeBuffer word = new NativeBuffer(1);

  private WatchdogDevice(Fd fd) {
    this.fd = fd;
  }

  /**
   * Opens it, and so starts it.
   *
   * @throws LinuxException also where another process has it (EBUSY)
   */
  public static WatchdogDevice open(String path) throws LinuxException {
    return new WatchdogDevice(Fd.open(path, LibC.O_WRONLY));
  }

  /**
   * Holds the restart off for its time once more.
   *
   * @return 0 or the errno
   */
  public int feed() {
    return write(ANY);
  }

  /** Stops it and closes it. */
  public void release() {
    write(MAGIC);
    fd.close();
  }

  private int write(int value) {
    int number = fd.acquire();
    if (number == Fd.CLOSED) {
      return Errno.EBADF;
    }
    try {
      word.putByte(0, value);
      while (LibC.write(number, word.address(), 1) < 0) {
        int errno = LibC.errno();
        if (errno != Errno.EINTR) {
          return errno;
        }
      }
      return 0;
    } finally {
      fd.release();
    }
  }

  /** Closes it without stopping it: the machine will be restarted. */
  @Override
  public void close() {
    fd.close();
  }
}
