package dev.noren.linux;

/**
 * A line of a GPIO chip that this process has. A line to be read is waited for in poll, and wakes
 * nobody while nothing changes.
 *
 * <pre>
 * gpio_v2_line_values, 16 bytes   bits 0 (8) · mask 8 (8)
 * gpio_v2_line_event, 48 bytes    timestamp_ns 0 (8) · id 8 (4) · offset 12 (4) · seqno 16 (4)
 *                                 · line_seqno 20 (4) · padding 24 (24)
 * </pre>
 */
public final class GpioLine implements AutoCloseable {
  /** {@code _IOWR(0xB4, 0x0E, struct gpio_v2_line_values)}. */
  static final long GET_VALUES = 0xc010b40eL;

  /** {@code _IOWR(0xB4, 0x0F, struct gpio_v2_line_values)}. */
  static final long SET_VALUES = 0xc010b40fL;

  static final int VALUES_SIZE = 16;
  static final int MASK = 8;
  static final int EVENT_SIZE = 48;
  static final int EVENT_ID = 8;
  static final int RISING = 1;

  private static final int MOST_EVENTS = 16;

  private final Fd fd;
  private final String what;
  private final NativeBuffer values = new NativeBuffer(VALUES_SIZE);
  private final NativeBuffer events = new NativeBuffer(MOST_EVENTS * EVENT_SIZE);

  /** Takes over the descriptor. */
  GpioLine(Fd fd, String what) {
    this.fd = fd;
    this.what = what;
  }

  /** Fills in which line is meant, the only one, and whether it is to be on. */
  static void fill(NativeBuffer values, boolean on) {
    values.putLong(0, on ? 1 : 0);
    values.putLong(MASK, 1);
  }

  /**
   * Drives it.
   *
   * @return 0 or the errno
   */
  public int set(boolean on) {
    fill(values, on);
    return Ioctl.call(fd, SET_VALUES, values);
  }

  /** Whether it is on. */
  public boolean get() throws LinuxException {
    fill(values, false);
    int errno = Ioctl.call(fd, GET_VALUES, values);
    if (errno != 0) {
      throw LinuxException.of("can't read " + what, errno);
    }
    return (values.getLong(0) & 1) != 0;
  }

  /** What to wait on for a change. */
  public Fd fd() {
    return fd;
  }

  /**
   * Takes the changes that came, of which the last one counts.
   *
   * @return whether it is on by the last of them; null where none came
   */
  public Boolean takeChanges() {
    int number = fd.acquire();
    if (number == Fd.CLOSED) {
      return null;
    }
    try {
      long got = LibC.read(number, events.address(), events.size());
      return lastOf(events, got);
    } finally {
      fd.release();
    }
  }

  /** By so many bytes of events. */
  static Boolean lastOf(NativeBuffer events, long bytes) {
    int count = (int) (Math.max(0, bytes) / EVENT_SIZE);
    return count == 0
        ? null
        : (Boolean) (events.getInt((count - 1) * EVENT_SIZE + EVENT_ID) == RISING);
  }

  /** Gives the line back; how it is then, the chip's driver says. */
  @Override
  public void close() {
    fd.close();
  }
}
