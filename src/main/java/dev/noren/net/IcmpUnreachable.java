package dev.noren.net;

import java.util.Arrays;

/**
 * Builds the answer to a packet that has no way: ICMP "host unreachable" (RFC 792, type 3 code 1)
 * or ICMPv6 "address unreachable" (RFC 4443 3.1, type 1 code 3). It goes back to the sender as if
 * from the destination, since the tunnel's own address is not known here.
 *
 * <pre>
 * ICMP: type 0 · code 1 · checksum 2 (2) · unused 4 (4) · the packet's beginning 8
 * </pre>
 */
public final class IcmpUnreachable {
  /** The longest answer, bytes: what every IPv6 link carries. */
  public static final int MAX_SIZE = 1280;

  private static final int ICMP_HEADER = 8;
  private static final int V4_MAX_SIZE = 576;
  private static final int HOP_LIMIT = 64;
  private static final int ICMP = 1;
  private static final int ICMPV6 = 58;
  private static final int V4_PROTOCOL = 9;
  private static final int V6_NEXT_HEADER = 6;

  private IcmpUnreachable() {}

  /**
   * Writes the answer at {@code out[0]}.
   *
   * @param packet holds a well-formed IP packet of {@code length} bytes at {@code offset}
   * @param out at least {@link #MAX_SIZE} bytes
   * @return the answer's length in bytes, or 0 where none is due: to an ICMP error, a fragment that
   *     is not the first, a multicast or broadcast, or a source that is no single host
   */
  public static int answer(byte[] packet, int offset, int length, byte[] out) {
    return IpPacket.version(packet, offset) == 4
        ? answerV4(packet, offset, length, out)
        : answerV6(packet, offset, length, out);
  }

  private static int answerV4(byte[] packet, int offset, int length, byte[] out) {
    int headerBytes = (packet[offset] & 0xf) * 4;
    boolean laterFragment = (Bytes.uint16(packet, offset + 6) & 0x1fff) != 0;
    if (headerBytes < IpPacket.V4_HEADER || headerBytes > length || laterFragment) {
      return 0;
    }
    if ((packet[offset + V4_PROTOCOL] & 0xff) == ICMP
        && !isV4Query(packet, offset + headerBytes, length - headerBytes)) {
      return 0;
    }
    if (isV4Group(packet, offset + IpPacket.V4_SOURCE)
        || isV4Group(packet, offset + IpPacket.V4_DESTINATION)) {
      return 0;
    }
    int quoted = Math.min(length, V4_MAX_SIZE - IpPacket.V4_HEADER - ICMP_HEADER);
    int total = IpPacket.V4_HEADER + ICMP_HEADER + quoted;
    clear(out, IpPacket.V4_HEADER + ICMP_HEADER);
    out[0] = 0x45;
    Bytes.putInt16(out, 2, total);
    out[8] = HOP_LIMIT;
    out[V4_PROTOCOL] = ICMP;
    System.arraycopy(
        packet, offset + IpPacket.V4_DESTINATION, out, IpPacket.V4_SOURCE, IpAddress.V4_BYTES);
    System.arraycopy(
        packet, offset + IpPacket.V4_SOURCE, out, IpPacket.V4_DESTINATION, IpAddress.V4_BYTES);
    Bytes.putInt16(out, 10, Checksum.of(out, 0, IpPacket.V4_HEADER, 0));
    int icmp = IpPacket.V4_HEADER;
    out[icmp] = 3;
    out[icmp + 1] = 1;
    System.arraycopy(packet, offset, out, icmp + ICMP_HEADER, quoted);
    Bytes.putInt16(out, icmp + 2, Checksum.of(out, icmp, ICMP_HEADER + quoted, 0));
    return total;
  }

  private static int answerV6(byte[] packet, int offset, int length, byte[] out) {
    int nextHeader = packet[offset + V6_NEXT_HEADER] & 0xff;
    boolean icmpError =
        nextHeader == ICMPV6
            && (length <= IpPacket.V6_HEADER || packet[offset + IpPacket.V6_HEADER] >= 0);
    boolean toGroup = (packet[offset + IpPacket.V6_DESTINATION] & 0xff) == 0xff;
    boolean fromGroup = (packet[offset + IpPacket.V6_SOURCE] & 0xff) == 0xff;
    boolean fromNobody =
        Bytes.int64(packet, offset + IpPacket.V6_SOURCE) == 0
            && Bytes.int64(packet, offset + IpPacket.V6_SOURCE + 8) == 0;
    if (icmpError || toGroup || fromGroup || fromNobody) {
      return 0;
    }
    int quoted = Math.min(length, MAX_SIZE - IpPacket.V6_HEADER - ICMP_HEADER);
    int icmpBytes = ICMP_HEADER + quoted;
    clear(out, IpPacket.V6_HEADER + ICMP_HEADER);
    out[0] = 0x60;
    Bytes.putInt16(out, 4, icmpBytes);
    out[V6_NEXT_HEADER] = ICMPV6;
    out[7] = HOP_LIMIT;
    System.arraycopy(
        packet, offset + IpPacket.V6_DESTINATION, out, IpPacket.V6_SOURCE, IpAddress.V6_BYTES);
    System.arraycopy(
        packet, offset + IpPacket.V6_SOURCE, out, IpPacket.V6_DESTINATION, IpAddress.V6_BYTES);
    int icmp = IpPacket.V6_HEADER;
    out[icmp] = 1;
    out[icmp + 1] = 3;
    System.arraycopy(packet, offset, out, icmp + ICMP_HEADER, quoted);
    long pseudo =
        Checksum.sum(out, IpPacket.V6_SOURCE, 2 * IpAddress.V6_BYTES, icmpBytes + (long) ICMPV6);
    Bytes.putInt16(out, icmp + 2, Checksum.of(out, icmp, icmpBytes, pseudo));
    return IpPacket.V6_HEADER + icmpBytes;
  }

  /** Echo, timestamp and the like: the ICMP messages that are no errors. */
  private static boolean isV4Query(byte[] packet, int icmp, int length) {
    if (length < 1) {
      return false;
    }
    int type = packet[icmp] & 0xff;
    return type == 0 || type == 8 || (type >= 13 && type <= 18);
  }

  /** Multicast, reserved, broadcast, or the address of nobody. */
  private static boolean isV4Group(byte[] packet, int at) {
    return (packet[at] & 0xff) >= 224 || Bytes.int32(packet, at) == 0;
  }

  private static void clear(byte[] out, int length) {
    Arrays.fill(out, 0, length, (byte) 0);
  }
}
