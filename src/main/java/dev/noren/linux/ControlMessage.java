package dev.noren.linux;

/**
 * Control messages beside a datagram ({@code struct cmsghdr}); each begins at a multiple of 8.
 *
 * <pre>
 * length 0 (8), header included and padding not · level 8 (4) · type 12 (4) · data 16
 * </pre>
 */
public final class ControlMessage {
  /** The bytes before the data. */
  public static final int HEADER = 16;

  static final int LENGTH = 0;
  static final int LEVEL = 8;
  static final int TYPE = 12;

  private ControlMessage() {}

  /** The bytes that a message with so many bytes of data takes, padding included. */
  public static int space(int dataBytes) {
    return HEADER + align(dataBytes);
  }

  /**
   * Writes the header of a message; the data goes {@link #HEADER} bytes further.
   *
   * @return the message's {@link #space}
   */
  public static int put(NativeBuffer buffer, int at, int level, int type, int dataBytes) {
    buffer.putLong(at + LENGTH, HEADER + dataBytes);
    buffer.putInt(at + LEVEL, level);
    buffer.putInt(at + TYPE, type);
    return space(dataBytes);
  }

  /**
   * Looks for a message among those that a receive left behind.
   *
   * @param at where the first begins
   * @param length the bytes that the kernel wrote
   * @param dataBytes the least size of its data
   * @return the offset of its data, or -1
   */
  public static int find(
      NativeBuffer buffer, int at, int length, int level, int type, int dataBytes) {
    int offset = at;
    int end = at + length;
    while (end - offset >= HEADER) {
      long size = buffer.getLong(offset + LENGTH);
      if (size < HEADER || size > end - offset) {
        return -1;
      }
      boolean wanted =
          buffer.getInt(offset + LEVEL) == level
              && buffer.getInt(offset + TYPE) == type
              && size >= HEADER + dataBytes;
      if (wanted) {
        return offset + HEADER;
      }
      offset += align((int) size);
    }
    return -1;
  }

  private static int align(int bytes) {
    return (bytes + 7) & ~7;
  }
}
