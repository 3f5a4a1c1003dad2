package dev.noren.linux;

/**
 * An array of {@code struct pollfd} and the call that waits on it; for one thread.
 *
 * <pre>
 * pollfd, 8 bytes   fd 0 (4) · events 4 (2) · revents 6 (2)
 * </pre>
 */
public final class Poller {
  /** Readable. */
  public static final int IN = 1;

  /** Writable; of a stream that was being connected: it is, or has failed. */
  public static final int OUT = 4;

  /** Failed; reported whether asked for or not. */
  public static final int ERROR = 8;

  /** Hung up; reported whether asked for or not. */
  public static final int HANG_UP = 0x10;

  /** No timeout. */
  public static final int FOREVER = -1;

  static final int SIZE = 8;
  static final int FD = 0;
  static final int EVENTS = 4;
  static final int REVENTS = 6;

  private final NativeBuffer slots;
  private final int count;

  /** An array of that many slots, none of them in use. */
  public Poller(int count) {
    this.count = count;
    slots = new NativeBuffer(count * SIZE);
    for (int slot = 0; slot < count; slot++) {
      watch(slot, -1, 0);
    }
  }

  /** The array as the kernel sees it. */
  NativeBuffer slots() {
    return slots;
  }

  /** Puts a descriptor into a slot; a negative one leaves the slot out. */
  public void watch(int slot, int fd, int events) {
    slots.putInt(slot * SIZE + FD, fd);
    slots.putShort(slot * SIZE + EVENTS, events);
    slots.putShort(slot * SIZE + REVENTS, 0);
  }

  /**
   * Waits until a slot has something to report.
   *
   * @param timeoutMs milliseconds, begun anew after a signal; or {@link #FOREVER}
   * @return the number of slots that report something; 0 after the timeout
   */
  public int await(int timeoutMs) {
    while (true) {
      int ready = LibC.poll(slots.address(), count, timeoutMs);
      if (ready >= 0) {
        return ready;
      }
      int errno = LibC.errno();
      if (errno != Errno.EINTR && errno != Errno.EAGAIN) {
        throw new IllegalStateException("poll failed: " + Errno.describe(errno));
      }
    }
  }

  /** What the slot reported at the last {@link #await}: bits, 0 for nothing. */
  public int ready(int slot) {
    return slots.getShort(slot * SIZE + REVENTS);
  }
}
