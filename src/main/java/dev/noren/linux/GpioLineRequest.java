package dev.noren.linux;

import java.nio.charset.StandardCharsets;

/**
 * A request for one line of a GPIO chip, by the second version of the kernel's interface.
 *
 * <pre>
 * gpio_v2_line_request, 592 bytes
 *   offsets 0 (64 × 4) · consumer 256 (32) · config 288 (272) · num_lines 560 (4)
 *   · event_buffer_size 564 (4) · padding 568 (20) · fd 588 (4)
 * gpio_v2_line_config, 272 bytes
 *   flags 0 (8) · num_attrs 8 (4) · padding 12 (20) · attrs 32 (10 × 24)
 * gpio_v2_line_config_attribute, 24 bytes
 *   id 0 (4) · padding 4 (4) · flags, values or debounce_period_us 8 (8) · mask 16 (8)
 * </pre>
 */
public final class GpioLineRequest {
  /** {@code _IOWR(0xB4, 0x07, struct gpio_v2_line_request)}. */
  static final long GET_LINE = 0xc250b407L;

  static final int SIZE = 592;
  static final int CONSUMER = 256;
  static final int CONSUMER_SIZE = 32;
  static final int FLAGS = 288;
  static final int ATTRIBUTE_COUNT = 296;
  static final int ATTRIBUTES = 320;
  static final int LINE_COUNT = 560;
  static final int FD = 588;

  static final int ACTIVE_LOW = 1 << 1;
  static final int INPUT = 1 << 2;
  static final int OUTPUT = 1 << 3;
  static final int EDGE_RISING = 1 << 4;
  static final int EDGE_FALLING = 1 << 5;
  static final int PULL_UP = 1 << 8;
  static final int PULL_DOWN = 1 << 9;

  static final int VALUES = 2;
  static final int DEBOUNCE = 3;

  private static final int ATTRIBUTE_VALUE = 8;
  private static final int ATTRIBUTE_MASK = 16;
  private static final int MOST_LINE = 0xffff;

  /** What pulls an input where nothing else does. */
  public enum Pull {
    NONE(0),
    UP(PULL_UP),
    DOWN(PULL_DOWN);

    private final int flag;

    Pull(int flag) {
      this.flag = flag;
    }
  }

  private final NativeBuffer buffer = new NativeBuffer(SIZE);
  private final int line;

  private GpioLineRequest(int line, String consumer, int flags) {
    if (line < 0 || line > MOST_LINE) {
      throw new IllegalArgumentException(line + " is no line of a GPIO chip");
    }
    byte[] name = consumer.getBytes(StandardCharsets.US_ASCII);
    if (name.length >= CONSUMER_SIZE) {
      throw new IllegalArgumentException("a consumer's name has at most 31 bytes");
    }
    this.line = line;
    buffer.putInt(0, line);
    buffer.put(CONSUMER, name, 0, name.length);
    buffer.putLong(FLAGS, flags);
    buffer.putInt(LINE_COUNT, 1);
  }

  /**
   * A line to be driven.
   *
   * @param consumer who has it, as gpioinfo shows it
   * @param activeLow whether it is on where its voltage is low
   * @param on how it is at first
   */
  public static GpioLineRequest output(int line, String consumer, boolean activeLow, boolean on) {
    GpioLineRequest request =
        new GpioLineRequest(line, consumer, OUTPUT | (activeLow ? ACTIVE_LOW : 0));
    request.attribute(VALUES, on ? 1 : 0);
    return request;
  }

  /**
   * A line to be read, whose changes are told.
   *
   * @param debounceUs how long a change has to last, microseconds; 0 to have each told
   */
  public static GpioLineRequest input(
      int line, String consumer, boolean activeLow, Pull pull, int debounceUs) {
    GpioLineRequest request =
        new GpioLineRequest(
            line,
            consumer,
            INPUT | EDGE_RISING | EDGE_FALLING | pull.flag | (activeLow ? ACTIVE_LOW : 0));
    if (debounceUs > 0) {
      request.attribute(DEBOUNCE, debounceUs);
    }
    return request;
  }

  private void attribute(int id, int value) {
    buffer.putInt(ATTRIBUTE_COUNT, 1);
    buffer.putInt(ATTRIBUTES, id);
    buffer.putLong(ATTRIBUTES + ATTRIBUTE_VALUE, value);
    buffer.putLong(ATTRIBUTES + ATTRIBUTE_MASK, 1);
  }

  /** The bytes as the kernel sees them. */
  NativeBuffer buffer() {
    return buffer;
  }

  int line() {
    return line;
  }

  /** Makes the call; returns 0 or the errno. */
  int ioctl(Fd chip) {
    return Ioctl.call(chip, GET_LINE, buffer);
  }

  /** The line's descriptor, which the call has filled in. */
  int fd() {
    return buffer.getInt(FD);
  }
}
