package dev.noren.linux;

import java.nio.charset.StandardCharsets;

/** What this process has from the one that started it: standard streams, descriptors, umask. */
public final class ProcessIo {
  private static final String NULL_DEVICE = "/dev/null";
  private static final int STANDARD_STREAMS = 3;

  private static final int STANDARD_OUTPUT = 1;

  /** ioctl: reads {@code struct winsize}: rows, columns, and two more, 16 bits each. */
  private static final long TIOCGWINSZ = 0x5413;

  private static final int WINSIZE_BYTES = 8;

  private ProcessIo() {}

  /**
   * Points standard input, output and error at /dev/null, so that the terminal or pipe they came
   * from is let go.
   *
   * @throws LinuxException with a sentence; some of the three may be pointed there already
   */
  public static void detachStandardStreams() throws LinuxException {
    System.out.flush();
    System.err.flush();
    try (Fd nothing = Fd.open(NULL_DEVICE, LibC.O_RDWR)) {
      int number = nothing.acquire();
      try {
        for (int stream = 0; stream < STANDARD_STREAMS; stream++) {
          replace(number, stream);
        }
      } finally {
        nothing.release();
      }
    }
  }

  private static void replace(int from, int to) throws LinuxException {
    while (LibC.dup2(from, to) < 0) {
      int errno = LibC.errno();
      if (errno != Errno.EINTR && errno != Errno.EBUSY) {
        throw LinuxException.of("can't point descriptor " + to + " at " + NULL_DEVICE, errno);
      }
    }
  }

  /** How many rows the terminal behind standard output has; 0 where there is none. */
  public static int terminalRows() {
    NativeBuffer size = new NativeBuffer(WINSIZE_BYTES);
    int result = LibC.ioctl(STANDARD_OUTPUT, TIOCGWINSZ, size.address());
    size.keep();
    return result == 0 ? size.getShort(0) : 0;
  }

  /**
   * Writes one line to a descriptor that this process was started with, and closes it.
   *
   * @param number the descriptor, such as the one that NOREN_READY_FD names
   * @param line the line without its end
   * @throws LinuxException EBADF if there is no such descriptor, EPIPE if nobody reads it any more
   */
  public static void tell(int number, String line) throws LinuxException {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    NativeBuffer buffer = new NativeBuffer(bytes.length);
    buffer.put(0, bytes, 0, bytes.length);
    try (Fd fd = new Fd(number)) {
      int held = fd.acquire();
      try {
        writeAll(held, buffer);
      } finally {
        fd.release();
      }
    }
  }

  private static void writeAll(int number, NativeBuffer buffer) throws LinuxException {
    try {
      int done = 0;
      while (done < buffer.size()) {
        long wrote = LibC.write(number, buffer.address() + done, buffer.size() - done);
        if (wrote >= 0) {
          done += (int) wrote;
          continue;
        }
        int errno = LibC.errno();
        if (errno != Errno.EINTR) {
          throw LinuxException.of("can't write to file descriptor " + number, errno);
        }
      }
    } finally {
      buffer.keep();
    }
  }

  /**
   * Sets which permissions new files do not get.
   *
   * @return the mask before
   */
  public static int umask(int mask) {
    return LibC.umask(mask);
  }
}
