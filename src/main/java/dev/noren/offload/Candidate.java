package dev.noren.offload;

import dev.noren.net.Bytes;
import dev.noren.net.IpPacket;

/**
 * What the headers of a decrypted packet say about merging. Headers that differ from the usual
 * (IPv4 options, fragments, IPv6 extension headers) are not looked into: such packets pass alone.
 */
final class Candidate {
  private final boolean mergeTcp;
  private final boolean mergeUdp;

  private byte[] bytes;
  private int ip;
  private int length;
  private boolean wellFormed;
  private boolean v6;
  private int protocol;
  private int ipBytes;
  private int headerBytes;
  private boolean portsKnown;
  private boolean mergeable;
  private boolean pushed;

  Candidate(boolean mergeTcp, boolean mergeUdp) {
    this.mergeTcp = mergeTcp;
    this.mergeUdp = mergeUdp;
  }

  /** Reads the headers of the packet there. */
  void read(byte[] buffer, int offset, int packetLength) {
    bytes = buffer;
    ip = offset;
    length = packetLength;
    portsKnown = false;
    mergeable = false;
    pushed = false;
    wellFormed = IpPacket.totalLength(buffer, offset, packetLength) == packetLength;
    if (wellFormed) {
      readIp();
    }
  }

  /** The same bytes now stand there. */
  void movedTo(int offset) {
    ip = offset;
  }

  private void readIp() {
    v6 = IpPacket.version(bytes, ip) == 6;
    boolean plain = true;
    if (v6) {
      ipBytes = IpPacket.V6_HEADER;
      protocol = bytes[ip + Layout.V6_NEXT_HEADER] & 0xff;
    } else {
      int fragment = Bytes.uint16(bytes, ip + Layout.V4_FRAGMENT);
      ipBytes = Layout.v4HeaderBytes(bytes, ip);
      protocol = bytes[ip + Layout.V4_PROTOCOL] & 0xff;
      if (ipBytes < IpPacket.V4_HEADER || (fragment & Layout.V4_IS_FRAGMENT) != 0) {
        return;
      }
      plain = ipBytes == IpPacket.V4_HEADER && (fragment & Layout.V4_RESERVED) == 0;
    }
    int transportBytes = length - ipBytes;
    if (protocol == Layout.TCP && transportBytes >= Layout.TCP_HEADER) {
      portsKnown = true;
      mergeable = plain && mergeTcp && readTcp(transportBytes);
    } else if (protocol == Layout.UDP && transportBytes >= Layout.UDP_HEADER) {
      portsKnown = true;
      mergeable = plain && mergeUdp && readUdp(transportBytes);
    }
  }

  /** Data with ACK, perhaps PSH, and no other flag or reserved bit. */
  private boolean readTcp(int transportBytes) {
    int tcp = ip + ipBytes;
    int tcpBytes = Layout.tcpHeaderBytes(bytes, tcp);
    int flags = bytes[tcp + Layout.TCP_FLAGS] & 0xff;
    headerBytes = ipBytes + tcpBytes;
    pushed = (flags & Layout.PSH) != 0;
    return tcpBytes >= Layout.TCP_HEADER
        && tcpBytes < transportBytes
        && (flags & ~Layout.PSH) == Layout.ACK
        && (bytes[tcp + Layout.TCP_DATA_OFFSET] & 0xf) == 0;
  }

  /** A datagram with data and with a checksum: one without would get one when it is split. */
  private boolean readUdp(int transportBytes) {
    int udp = ip + ipBytes;
    headerBytes = ipBytes + Layout.UDP_HEADER;
    return transportBytes > Layout.UDP_HEADER
        && Bytes.uint16(bytes, udp + Layout.UDP_LENGTH) == transportBytes
        && Bytes.uint16(bytes, udp + Layout.UDP_CHECKSUM) != 0;
  }

  /** Whether it is an IP packet of just that length. */
  boolean isWellFormed() {
    return wellFormed;
  }

  /** Whether it is TCP or UDP and its ports could be found, so that its flow is known. */
  boolean portsKnown() {
    return portsKnown;
  }

  /** Whether its kind may be merged. Its checksums are another question. */
  boolean isMergeable() {
    return mergeable;
  }

  /** Whether another packet may follow it in a super-packet. */
  boolean mayBegin() {
    return mergeable && !pushed;
  }

  /** Whether it is TCP and has PSH. */
  boolean isPushed() {
    return pushed;
  }

  /** Whether its IPv4 header checksum and its TCP or UDP checksum are right. */
  boolean checksumsHold() {
    return InnerChecksums.hold(bytes, ip, v6, ipBytes, protocol, length);
  }

  /** Where it begins in its buffer. */
  int ip() {
    return ip;
  }

  /** Where its TCP or UDP header begins in its buffer. */
  int transport() {
    return ip + ipBytes;
  }

  boolean isV6() {
    return v6;
  }

  int protocol() {
    return protocol;
  }

  int ipBytes() {
    return ipBytes;
  }

  /** Bytes of IP and transport header; for a mergeable packet only. */
  int headerBytes() {
    return headerBytes;
  }

  /** Bytes after the headers; for a mergeable packet only. */
  int payloadBytes() {
    return length - headerBytes;
  }

  int length() {
    return length;
  }
}
