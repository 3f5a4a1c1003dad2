package dev.noren.linux;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Owns a file descriptor. Every call on it stands between {@link #acquire} and {@link #release};
 * the kernel's close waits for the last of them, so the number is never another file's while a call
 * still uses it. Closing wakes nobody: who waits in a call is to be woken first, see {@link
 * Waiter}.
 */
public final class Fd implements AutoCloseable {
  /** What {@link #acquire} gives once the descriptor is closed. */
  public static final int CLOSED = -1;

  /** Set in {@link #users} by the first close; what is left below it are the running calls. */
  private static final int CLOSED_BIT = Integer.MIN_VALUE;

  private static final long LOOK_NS = 50_000;

  private final int number;
  private final AtomicInteger users = new AtomicInteger();

  /** Whether the kernel has it back, which is a moment after the last use has ended. */
  private volatile boolean isFree;

  /** Takes over a descriptor that nobody else will close. */
  public Fd(int number) {
    if (number < 0) {
      throw new IllegalArgumentException(number + " is no file descriptor");
    }
    this.number = number;
  }

  /**
   * Opens a file.
   *
   * @param flags the O_ flags of {@link LibC}; O_CLOEXEC is always added
   * @throws LinuxException with the path and the errno
   */
  public static Fd open(String path, int flags) throws LinuxException {
    NativeBuffer name = NativeBuffer.ofText(path);
    try {
      while (true) {
        int number = LibC.open(name.address(), flags | LibC.O_CLOEXEC, 0);
        if (number >= 0) {
          return new Fd(number);
        }
        int errno = LibC.errno();
        if (errno != Errno.EINTR) {
          throw LinuxException.of("can't open " + path, errno);
        }
      }
    } finally {
      name.keep();
    }
  }

  /**
   * The number, to be used until {@link #release}; or {@link #CLOSED}, and then there is nothing to
   * release.
   */
  public int acquire() {
    while (true) {
      int now = users.get();
      if (now < 0) {
        return CLOSED;
      }
      if (users.compareAndSet(now, now + 1)) {
        return number;
      }
    }
  }

  /** Ends one use. The last use of a closed descriptor really closes it. */
  public void release() {
    if (users.decrementAndGet() == CLOSED_BIT) {
      giveBack();
    }
  }

  /** Whether {@link #close} was called. */
  public boolean isClosed() {
    return users.get() < 0;
  }

  /**
   * Waits until the last use of a closed descriptor has ended, and so what it stood for is free.
   *
   * @param mostNs how long at most, nanoseconds; a caller that is itself the last user waits in
   *     vain
   */
  public void awaitFree(long mostNs) {
    long untilNs = System.nanoTime() + mostNs;
    while (!isFree && System.nanoTime() - untilNs < 0) {
      LockSupport.parkNanos(LOOK_NS);
    }
  }

  /** Lets nobody begin another use, and closes with the end of the last one. May be repeated. */
  @Override
  public void close() {
    int before = users.getAndUpdate(now -> now | CLOSED_BIT);
    if (before == 0) {
      giveBack();
    }
  }

  private void giveBack() {
    // After EINTR Linux has closed the number all the same: a retry could hit another file.
    LibC.close(number);
    isFree = true;
  }
}
