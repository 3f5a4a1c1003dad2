package dev.noren.net;

/**
 * Looks at the header of an IP packet in place.
 *
 * <pre>
 * IPv4 (RFC 791)   version and header length 0 · total length 2 (2) · id 4 · flags 6 · TTL 8 ·
 *                  protocol 9 · checksum 10 · source 12 (4) · destination 16 (4)
 * IPv6 (RFC 8200)  version 0 · payload length 4 (2) · next header 6 · hop limit 7 ·
 *                  source 8 (16) · destination 24 (16)
 * </pre>
 */
public final class IpPacket {
  /** The least size of an IPv4 header, bytes. */
  public static final int V4_HEADER = 20;

  /** The size of an IPv6 header without extensions, bytes. */
  public static final int V6_HEADER = 40;

  /** Offset of the IPv4 source address. */
  public static final int V4_SOURCE = 12;

  /** Offset of the IPv4 destination address. */
  public static final int V4_DESTINATION = 16;

  /** Offset of the IPv6 source address. */
  public static final int V6_SOURCE = 8;

  /** Offset of the IPv6 destination address. */
  public static final int V6_DESTINATION = 24;

  static final int V4_TOTAL_LENGTH = 2;
  static final int V6_PAYLOAD_LENGTH = 4;

  private IpPacket() {}

  /** The version in the header's first four bits: 4, 6, or whatever stands there. */
  public static int version(byte[] bytes, int offset) {
    return bytes[offset] >>> 4 & 0xf;
  }

  /**
   * The length that the header states, header included.
   *
   * @param length the bytes that are there
   * @return the stated length in bytes, or -1 if the packet is neither IPv4 nor IPv6, is shorter
   *     than its header, or states more than is there
   */
  public static int totalLength(byte[] bytes, int offset, int length) {
    if (length < V4_HEADER) {
      return -1;
    }
    int stated;
    switch (version(bytes, offset)) {
      case 4 -> {
        stated = Bytes.uint16(bytes, offset + V4_TOTAL_LENGTH);
        if (stated < V4_HEADER) {
          return -1;
        }
      }
      case 6 -> {
        if (length < V6_HEADER) {
          return -1;
        }
        stated = Bytes.uint16(bytes, offset + V6_PAYLOAD_LENGTH) + V6_HEADER;
      }
      default -> {
        return -1;
      }
    }
    return stated > length ? -1 : stated;
  }

  /** The source address of a packet that {@link #totalLength} found well formed. */
  public static IpAddress source(byte[] bytes, int offset) {
    return version(bytes, offset) == 4
        ? IpAddress.of(bytes, offset + V4_SOURCE, IpAddress.V4_BYTES)
        : IpAddress.of(bytes, offset + V6_SOURCE, IpAddress.V6_BYTES);
  }

  /**
   * Whether the source of a well-formed packet is one that never leaves its link (RFC 3927, RFC
   * 4291), or no host's at all.
   */
  public static boolean isSourceOfLink(byte[] bytes, int offset) {
    if (version(bytes, offset) == 4) {
      int first = bytes[offset + V4_SOURCE] & 0xff;
      return first == 0
          || first >= 224
          || (first == 169 && (bytes[offset + V4_SOURCE + 1] & 0xff) == 254);
    }
    int start = Bytes.uint16(bytes, offset + V6_SOURCE);
    return start == 0 || start >= 0xff00 || (start & 0xffc0) == 0xfe80;
  }

  /** The destination address of a packet that {@link #totalLength} found well formed. */
  public static IpAddress destination(byte[] bytes, int offset) {
    return version(bytes, offset) == 4
        ? IpAddress.of(bytes, offset + V4_DESTINATION, IpAddress.V4_BYTES)
        : IpAddress.of(bytes, offset + V6_DESTINATION, IpAddress.V6_BYTES);
  }
}
