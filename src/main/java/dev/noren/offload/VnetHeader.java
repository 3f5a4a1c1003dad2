package dev.noren.offload;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The header before each packet on a TUN device with IFF_VNET_HDR: {@code struct virtio_net_hdr}
 * (linux/virtio_net.h; Virtio 1.2, 5.1.6), in the machine's own byte order.
 *
 * <pre>
 * flags 0 (1) · GSO type 1 (1) · header length 2 (2) · GSO size 4 (2) · checksum start 6 (2) ·
 * checksum offset 8 (2)
 * </pre>
 *
 * All lengths are bytes. The header length is that of IP and transport header together, the GSO
 * size the payload of one segment, the checksum start counts from the IP header's first byte, and
 * the checksum offset from there.
 */
public final class VnetHeader {
  /** Bytes. */
  public static final int SIZE = 10;

  /**
   * Flag: the checksum field holds the sum of the pseudo-header, folded and not complemented; what
   * is from the checksum start to the packet's end is still to be added.
   */
  public static final int NEEDS_CHECKSUM = 1;

  /** GSO type: one packet. */
  public static final int GSO_NONE = 0;

  /** GSO type: TCP over IPv4. */
  public static final int GSO_TCP4 = 1;

  /** GSO type: TCP over IPv6. */
  public static final int GSO_TCP6 = 4;

  /** GSO type: UDP over either, each segment a datagram of its own. */
  public static final int GSO_UDP = 5;

  /** Bit in the GSO type: the first segment has CWR set. */
  public static final int GSO_ECN = 0x80;

  private static final int GSO_TYPE = 1;
  private static final int HEADER_LENGTH = 2;
  private static final int GSO_SIZE = 4;
  private static final int CHECKSUM_START = 6;
  private static final int CHECKSUM_OFFSET = 8;

  private static final VarHandle NATIVE16 =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());

  private VnetHeader() {}

  /** The flag bits. */
  public static int flags(byte[] bytes, int offset) {
    return bytes[offset] & 0xff;
  }

  /** The GSO type, with the bit {@link #GSO_ECN} if it is set. */
  public static int gsoType(byte[] bytes, int offset) {
    return bytes[offset + GSO_TYPE] & 0xff;
  }

  /** The length of all headers. The kernel does not vouch for it on a read. */
  public static int headerLength(byte[] bytes, int offset) {
    return uint16(bytes, offset + HEADER_LENGTH);
  }

  /** The payload of one segment. */
  public static int gsoSize(byte[] bytes, int offset) {
    return uint16(bytes, offset + GSO_SIZE);
  }

  /** Where the checksum begins to count. */
  public static int checksumStart(byte[] bytes, int offset) {
    return uint16(bytes, offset + CHECKSUM_START);
  }

  /** Where the checksum stands, from its start. */
  public static int checksumOffset(byte[] bytes, int offset) {
    return uint16(bytes, offset + CHECKSUM_OFFSET);
  }

  /**
   * How many packets it stands for, if its fields are true.
   *
   * @param length of the header and what is behind it
   */
  public static int packets(byte[] bytes, int offset, int length) {
    if (gsoType(bytes, offset) == GSO_NONE) {
      return 1;
    }
    int payload = length - SIZE - headerLength(bytes, offset);
    return Math.ceilDiv(payload, gsoSize(bytes, offset));
  }

  /** Writes the header of one packet whose checksum is whole: zeros. */
  public static void clear(byte[] bytes, int offset) {
    Arrays.fill(bytes, offset, offset + SIZE, (byte) 0);
  }

  /** Writes all fields. */
  public static void write(
      byte[] bytes,
      int offset,
      int flags,
      int gsoType,
      int headerLength,
      int gsoSize,
      int checksumStart,
      int checksumOffset) {
    bytes[offset] = (byte) flags;
    bytes[offset + GSO_TYPE] = (byte) gsoType;
    NATIVE16.set(bytes, offset + HEADER_LENGTH, (short) headerLength);
    NATIVE16.set(bytes, offset + GSO_SIZE, (short) gsoSize);
    NATIVE16.set(bytes, offset + CHECKSUM_START, (short) checksumStart);
    NATIVE16.set(bytes, offset + CHECKSUM_OFFSET, (short) checksumOffset);
  }

  private static int uint16(byte[] bytes, int offset) {
    return (short) NATIVE16.get(bytes, offset) & 0xffff;
  }
}
