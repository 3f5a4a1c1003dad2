package dev.noren.linux;

import java.nio.charset.StandardCharsets;

/**
 * {@code struct ifreq}, by which an ioctl names an interface.
 *
 * <pre>
 * ifreq, 40 bytes   name 0 (16), ended by zeros · flags 16 (2), or MTU 16 (4)
 * </pre>
 */
public final class IfReq {
  /** Sets the MTU. */
  public static final int SIOCSIFMTU = 0x8922;

  static final int SIZE = 40;
  static final int NAME = 0;
  static final int NAME_SIZE = 16;
  static final int FLAGS = 16;
  static final int MTU = 16;

  private final NativeBuffer buffer = new NativeBuffer(SIZE);

  /** A request for the interface of that name, which is at most 15 bytes. */
  public IfReq(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length >= NAME_SIZE) {
      throw new IllegalArgumentException("an interface name has at most 15 bytes");
    }
    buffer.put(NAME, bytes, 0, bytes.length);
  }

  /** The bytes as the kernel sees them. */
  NativeBuffer buffer() {
    return buffer;
  }

  /** The name, which a call may have filled in. */
  public String name() {
    return buffer.getText(NAME, NAME_SIZE);
  }

  /** The 16 bits of flags. */
  public int flags() {
    return buffer.getShort(FLAGS);
  }

  /** Writes the 16 bits of flags. */
  public void setFlags(int flags) {
    buffer.putShort(FLAGS, flags);
  }

  /** Writes the MTU. */
  public void setMtu(int mtuBytes) {
    buffer.putInt(MTU, mtuBytes);
  }

  /**
   * Makes the call.
   *
   * @return 0 or the errno
   */
  public int ioctl(Fd on, int request) {
    return Ioctl.call(on, Integer.toUnsignedLong(request), buffer);
  }
}
