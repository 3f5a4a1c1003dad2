package dev.noren.linux;

/** A counter in the kernel that is readable once it was signalled: what wakes a poll. */
public final class EventFd implements AutoCloseable {
  private static final int EFD_NONBLOCK = LibC.O_NONBLOCK;
  private static final int EFD_CLOEXEC = LibC.O_CLOEXEC;
  private static final NativeBuffer ONE = new NativeBuffer(Long.BYTES);

  static {
    ONE.putLong(0, 1);
  }

  private final Fd fd;
  private final NativeBuffer count = new NativeBuffer(Long.BYTES);

  /** Opens one that is not signalled. */
  public EventFd() throws LinuxException {
    int number = LibC.eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (number < 0) {
      throw LinuxException.of("can't open an eventfd", LibC.errno());
    }
    fd = new Fd(number);
  }

  /** The descriptor to poll for reading. */
  public Fd fd() {
    return fd;
  }

  /** Makes it readable; from any thread, and without effect once closed. */
  public void signal() {
    call(true);
  }

  /** Takes all signals that came so far; to be called by the one thread that waits. */
  public void drain() {
    call(false);
  }

  /** EAGAIN means 2^64 - 2 unread signals, or none: as good as done either way. */
  private void call(boolean write) {
    int number = fd.acquire();
    if (number == Fd.CLOSED) {
      return;
    }
    try {
      long done;
      do {
        done =
            write
                ? LibC.write(number, ONE.address(), Long.BYTES)
                : LibC.read(number, count.address(), Long.BYTES);
      } while (done < 0 && LibC.errno() == Errno.EINTR);
    } finally {
      fd.release();
    }
  }

  @Override
  public void close() {
    fd.close();
  }
}
