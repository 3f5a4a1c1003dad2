package dev.noren.offload;

import dev.noren.net.Bytes;
import dev.noren.net.Checksum;
import dev.noren.net.IpPacket;
import java.util.Arrays;

/**
 * One place in the coalescer's buffer, with room before it for the vnet header, and the packet that
 * grows there.
 */
final class SuperPacket {
  /** The longest that a super-packet grows, bytes: what an IPv4 total length can say. */
  static final int MAX_LENGTH = 65_535;

  /** The most datagrams in one, the kernel's UDP_MAX_SEGMENTS. */
  static final int MAX_DATAGRAMS = 64;

  private final byte[] buffer;
  private final int start;

  private boolean v6;
  private int protocol;
  private int ipBytes;
  private int headerBytes;
  private int segmentBytes;
  private int length;
  private int count;
  private boolean verified;
  private boolean complete;

  SuperPacket(byte[] buffer, int start) {
    this.buffer = buffer;
    this.start = start;
  }

  /** Where the IP header begins. */
  int start() {
    return start;
  }

  /** The first byte after the packet. */
  int end() {
    return start + length;
  }

  int headerBytes() {
    return headerBytes;
  }

  /** Bytes after the headers. */
  int payloadBytes() {
    return length - headerBytes;
  }

  /** Whether nothing may follow any more. */
  boolean isComplete() {
    return complete;
  }

  /** Begins with this packet, which already stands here. Its checksums are looked at later. */
  void begin(Candidate first) {
    v6 = first.isV6();
    protocol = first.protocol();
    ipBytes = first.ipBytes();
    headerBytes = first.headerBytes();
    length = first.length();
    segmentBytes = first.payloadBytes();
    count = 1;
    verified = false;
    complete = false;
  }

  /** Whether the first packet's checksums are right; the others' were, or they were not merged. */
  boolean verify() {
    verified = verified || InnerChecksums.hold(buffer, start, v6, ipBytes, protocol, length);
    return verified;
  }

  /** Whether the addresses are the same two. */
  boolean hasAddressesOf(Candidate other) {
    if (v6 != other.isV6()) {
      return false;
    }
    int theirs = other.ip();
    int from = v6 ? IpPacket.V6_SOURCE : IpPacket.V4_SOURCE;
    int to = v6 ? IpPacket.V6_HEADER : IpPacket.V4_HEADER;
    return Arrays.equals(buffer, start + from, start + to, buffer, theirs + from, theirs + to);
  }

  /** Whether protocol, addresses and ports are the same. */
  boolean isFlowOf(Candidate other) {
    return protocol == other.protocol()
        && sameInt32(start + ipBytes + Layout.PORTS, other.transport() + Layout.PORTS)
        && hasAddressesOf(other);
  }

  /** Whether this packet, if its checksums are right, is the one that comes next here. */
  boolean accepts(Candidate next) {
    return !complete
        && isFlowOf(next)
        && headerBytes == next.headerBytes()
        && next.payloadBytes() <= segmentBytes
        && length + next.payloadBytes() <= MAX_LENGTH
        && (v6 ? continuesV6(next.ip()) : continuesV4(next.ip()))
        && (protocol == Layout.UDP ? count < MAX_DATAGRAMS : continuesTcp(next.transport()));
  }

  /**
   * Same TOS and TTL. The id must count up, as the kernel will number the segments if it splits
   * them again; with DF it means nothing (RFC 6864 4.1).
   */
  private boolean continuesV4(int next) {
    int fragment = Bytes.uint16(buffer, start + Layout.V4_FRAGMENT);
    int id = Bytes.uint16(buffer, start + Layout.V4_ID) + count & 0xffff;
    return sameInt16(start, next)
        && sameInt16(start + Layout.V4_TTL, next + Layout.V4_TTL)
        && fragment == Bytes.uint16(buffer, next + Layout.V4_FRAGMENT)
        && ((fragment & Layout.V4_DF) != 0 || id == Bytes.uint16(buffer, next + Layout.V4_ID));
  }

  /** Same traffic class, flow label and hop limit. */
  private boolean continuesV6(int next) {
    return sameInt32(start, next)
        && sameInt16(start + Layout.V6_NEXT_HEADER, next + Layout.V6_NEXT_HEADER);
  }

  /** The next sequence number; same acknowledgment, window and options. */
  private boolean continuesTcp(int next) {
    int tcp = start + ipBytes;
    int options = tcp + Layout.TCP_HEADER;
    int optionBytes = headerBytes - ipBytes - Layout.TCP_HEADER;
    int sequence = Bytes.int32(buffer, tcp + Layout.TCP_SEQUENCE) + payloadBytes();
    return sequence == Bytes.int32(buffer, next + Layout.TCP_SEQUENCE)
        && sameInt32(tcp + Layout.TCP_ACKNOWLEDGMENT, next + Layout.TCP_ACKNOWLEDGMENT)
        && sameInt16(tcp + Layout.TCP_WINDOW, next + Layout.TCP_WINDOW)
        && sameInt16(tcp + Layout.TCP_URGENT, next + Layout.TCP_URGENT)
        && Arrays.equals(
            buffer,
            options,
            options + optionBytes,
            buffer,
            next + Layout.TCP_HEADER,
            next + Layout.TCP_HEADER + optionBytes);
  }

  /** Takes in a packet that it accepts, and whose payload already stands at the end. */
  void append(Candidate next) {
    length += next.payloadBytes();
    count++;
    complete = next.isPushed() || next.payloadBytes() < segmentBytes;
    if (next.isPushed()) {
      buffer[start + ipBytes + Layout.TCP_FLAGS] |= Layout.PSH;
    }
  }

  /** Writes it, headers made right. A packet that stayed alone is written as it came. */
  void write(Coalescer.Sink sink) {
    int vnet = start - VnetHeader.SIZE;
    if (count == 1) {
      VnetHeader.clear(buffer, vnet);
    } else {
      writeHeaders(vnet);
    }
    sink.write(buffer, vnet, VnetHeader.SIZE + length);
  }

  private void writeHeaders(int vnet) {
    int transport = start + ipBytes;
    int transportBytes = length - ipBytes;
    if (v6) {
      Bytes.putInt16(buffer, start + Layout.V6_PAYLOAD_LENGTH, transportBytes);
    } else {
      Bytes.putInt16(buffer, start + Layout.V4_TOTAL_LENGTH, length);
      InnerChecksums.writeV4(buffer, start, ipBytes);
    }
    int field = Layout.TCP_CHECKSUM;
    int type = v6 ? VnetHeader.GSO_TCP6 : VnetHeader.GSO_TCP4;
    if (protocol == Layout.UDP) {
      field = Layout.UDP_CHECKSUM;
      type = VnetHeader.GSO_UDP;
      Bytes.putInt16(buffer, transport + Layout.UDP_LENGTH, transportBytes);
    }
    long sum = InnerChecksums.pseudoHeader(buffer, start, v6, protocol, transportBytes);
    Bytes.putInt16(buffer, transport + field, Checksum.fold(sum));
    VnetHeader.write(
        buffer, vnet, VnetHeader.NEEDS_CHECKSUM, type, headerBytes, segmentBytes, ipBytes, field);
  }

  private boolean sameInt16(int one, int other) {
    return Bytes.uint16(buffer, one) == Bytes.uint16(buffer, other);
  }

  private boolean sameInt32(int one, int other) {
    return Bytes.int32(buffer, one) == Bytes.int32(buffer, other);
  }
}
