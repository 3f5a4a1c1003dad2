package dev.noren.linux;

/**
 * The control messages that say how many bytes each of several datagrams in one buffer has
 * (udp(7)): to be cut into such pieces when sent, or put together from such pieces when received.
 *
 * <pre>
 * UDP_SEGMENT, 2 bytes   bytes of each but the last 0 (2)
 * UDP_GRO, 4 bytes       bytes of each but the last 0 (4)
 * </pre>
 */
public final class SegmentInfo {
  /** Level of the messages and options. */
  public static final int SOL_UDP = 17;

  /** The message when sending; as an option it can be read where the kernel knows it. */
  public static final int UDP_SEGMENT = 103;

  /** The message when receiving, and the option that asks for it. */
  public static final int UDP_GRO = 104;

  /** The bytes that either message takes, header and padding included. */
  public static final int SPACE = 24;

  static final int SEGMENT_SIZE = 2;
  static final int GRO_SIZE = 4;

  private SegmentInfo() {}

  /**
   * Writes a whole message for sending.
   *
   * @param segmentBytes 1 to 65535
   * @return the bytes it takes
   */
  public static int put(NativeBuffer buffer, int at, int segmentBytes) {
    int space = ControlMessage.put(buffer, at, SOL_UDP, UDP_SEGMENT, SEGMENT_SIZE);
    buffer.putShort(at + ControlMessage.HEADER, segmentBytes);
    return space;
  }

  /** The bytes of each datagram but the last, from the messages received; 0 if they don't say. */
  public static int find(NativeBuffer buffer, int at, int length) {
    int data = ControlMessage.find(buffer, at, length, SOL_UDP, UDP_GRO, GRO_SIZE);
    return data < 0 ? 0 : buffer.getInt(data);
  }
}
