package dev.noren.offload;

/**
 * Offsets, bits and sizes in the headers that segmenting and merging touch.
 *
 * <pre>
 * IPv4 (RFC 791)   version and header length 0 · TOS 1 · total length 2 (2) · id 4 (2) ·
 *                  flags and fragment offset 6 (2) · TTL 8 · protocol 9 · checksum 10 (2)
 * IPv6 (RFC 8200)  version, class and flow label 0 (4) · payload length 4 (2) · next header 6 ·
 *                  hop limit 7
 * TCP (RFC 9293)   ports 0 (4) · sequence 4 (4) · acknowledgment 8 (4) · data offset 12 ·
 *                  flags 13 · window 14 (2) · checksum 16 (2) · urgent pointer 18 (2) · options 20
 * UDP (RFC 768)    ports 0 (4) · length 4 (2) · checksum 6 (2)
 * </pre>
 */
final class Layout {
  static final int V4_TOTAL_LENGTH = 2;
  static final int V4_ID = 4;
  static final int V4_FRAGMENT = 6;
  static final int V4_TTL = 8;
  static final int V4_PROTOCOL = 9;
  static final int V4_CHECKSUM = 10;

  /** The reserved bit of {@link #V4_FRAGMENT}. */
  static final int V4_RESERVED = 0x8000;

  /** "Don't fragment" in {@link #V4_FRAGMENT}. */
  static final int V4_DF = 0x4000;

  /** "More fragments" and the offset in {@link #V4_FRAGMENT}: not zero in a fragment. */
  static final int V4_IS_FRAGMENT = 0x3fff;

  static final int V6_PAYLOAD_LENGTH = 4;
  static final int V6_NEXT_HEADER = 6;

  static final int PORTS = 0;

  static final int TCP = 6;
  static final int TCP_SEQUENCE = 4;
  static final int TCP_ACKNOWLEDGMENT = 8;
  static final int TCP_DATA_OFFSET = 12;
  static final int TCP_FLAGS = 13;
  static final int TCP_WINDOW = 14;
  static final int TCP_CHECKSUM = 16;
  static final int TCP_URGENT = 18;
  static final int TCP_HEADER = 20;
  static final int FIN = 0x01;
  static final int PSH = 0x08;
  static final int ACK = 0x10;
  static final int CWR = 0x80;

  static final int UDP = 17;
  static final int UDP_LENGTH = 4;
  static final int UDP_CHECKSUM = 6;
  static final int UDP_HEADER = 8;

  /** The longest headers of a packet that can be merged: IPv6 and a full TCP header. */
  static final int MAX_HEADERS = 40 + 60;

  private Layout() {}

  /** Bytes of a TCP header, options included, as its data offset says: 0 to 60. */
  static int tcpHeaderBytes(byte[] bytes, int tcp) {
    return (bytes[tcp + TCP_DATA_OFFSET] >>> 4 & 0xf) * 4;
  }

  /** Bytes of an IPv4 header, options included, as it says itself: 0 to 60. */
  static int v4HeaderBytes(byte[] bytes, int ip) {
    return (bytes[ip] & 0xf) * 4;
  }
}
