package dev.noren.linux;

/**
 * One block of native memory for {@code sendmsg} and {@code recvmsg}: the header, one piece of
 * data, an address and control messages, with the pointers between them set once. For one thread.
 *
 * <pre>
 * msghdr, 56 bytes   name 0 (8) · name length 8 (4) · iovec 16 (8) · iovec count 24 (8) ·
 *                    control 32 (8) · control length 40 (8) · flags 48 (4)
 * iovec, 16 bytes    base 0 (8) · length 8 (8)
 * block              msghdr 0 · iovec 56 · name 72 (32) · control 104 (64) · data 168
 * </pre>
 */
public final class MessageBlock {
  /** recvmsg: the rest of a datagram that was longer than its buffer is lost. */
  public static final int MSG_TRUNC = 0x20;

  /** Where the socket address stands in the block. */
  public static final int NAME = 72;

  /** Where the control messages begin in the block. */
  public static final int CONTROL = 104;

  /** Room for control messages, bytes. */
  public static final int CONTROL_SIZE = 64;

  /** Where the data begins in the block. */
  public static final int DATA = CONTROL + CONTROL_SIZE;

  static final int NAME_SIZE = CONTROL - NAME;
  static final int HDR_NAME = 0;
  static final int HDR_NAME_LENGTH = 8;
  static final int HDR_IOVEC = 16;
  static final int HDR_IOVEC_COUNT = 24;
  static final int HDR_CONTROL = 32;
  static final int HDR_CONTROL_LENGTH = 40;
  static final int HDR_FLAGS = 48;
  static final int IOVEC = 56;
  static final int IOVEC_BASE = IOVEC;
  static final int IOVEC_LENGTH = IOVEC + 8;

  private final NativeBuffer buffer;

  /** A block with room for that many bytes of data. */
  public MessageBlock(int dataBytes) {
    buffer = new NativeBuffer(DATA + dataBytes);
    long base = buffer.address();
    buffer.putLong(HDR_NAME, base + NAME);
    buffer.putLong(HDR_IOVEC, base + IOVEC);
    buffer.putLong(HDR_IOVEC_COUNT, 1);
    buffer.putLong(HDR_CONTROL, base + CONTROL);
    buffer.putLong(IOVEC_BASE, base + DATA);
  }

  /** The block itself; its address is that of the header. */
  public NativeBuffer buffer() {
    return buffer;
  }

  /** The room for data, bytes. */
  public int dataSize() {
    return buffer.size() - DATA;
  }

  /** Says how much of each part is to be sent; 0 leaves the name or the control messages out. */
  public void toSend(int nameLength, int controlLength, int dataLength) {
    lengths(nameLength, controlLength, dataLength);
  }

  /** Gives all the room to the next receive, which has overwritten the lengths of the last. */
  public void toReceive(int dataLength) {
    lengths(NAME_SIZE, CONTROL_SIZE, dataLength);
  }

  private void lengths(int nameLength, int controlLength, int dataLength) {
    buffer.putInt(HDR_NAME_LENGTH, nameLength);
    buffer.putLong(HDR_CONTROL_LENGTH, controlLength);
    buffer.putInt(HDR_FLAGS, 0);
    buffer.putLong(IOVEC_LENGTH, dataLength);
  }

  /** The bytes of control messages that a receive wrote. */
  public int controlLength() {
    return (int) buffer.getLong(HDR_CONTROL_LENGTH);
  }

  /** The MSG_ flags that a receive wrote. */
  public int flags() {
    return buffer.getInt(HDR_FLAGS);
  }

  /**
   * Sends it, again if a signal came between.
   *
   * @return the bytes sent, or -1 with the reason in {@link LibC#errno}
   */
  public long send(int fd, int flags) {
    while (true) {
      long sent = LibC.sendmsg(fd, buffer.address(), flags);
      if (sent >= 0 || LibC.errno() != Errno.EINTR) {
        return sent;
      }
    }
  }

  /**
   * Receives into it, again if a signal came between.
   *
   * @return the bytes received, or -1 with the reason in {@link LibC#errno}
   */
  public long receive(int fd, int flags) {
    while (true) {
      long received = LibC.recvmsg(fd, buffer.address(), flags);
      if (received >= 0 || LibC.errno() != Errno.EINTR) {
        return received;
      }
    }
  }
}
