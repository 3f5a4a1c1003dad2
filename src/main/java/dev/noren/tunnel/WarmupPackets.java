package dev.noren.tunnel;

import dev.noren.net.Bytes;
import dev.noren.net.IpPacket;
import dev.noren.offload.VnetHeader;
import java.util.List;

/**
 * Packets as a TUN device gives them, of the kinds that a shop's traffic is made of, from and to
 * documentation addresses (RFC 5737, RFC 3849). Only what the loops look at is filled in.
 */
final class WarmupPackets {
  private static final int V4_HEADER = IpPacket.V4_HEADER;
  private static final int V6_HEADER = IpPacket.V6_HEADER;
  private static final int UDP_HEADER = 8;

  /** With time stamps, as all systems send them: 20 bytes and 12 of options. */
  private static final int TCP_HEADER = 32;

  /** What stands in such a header from byte 12 on: its length in words, and the flag ACK. */
  private static final int ACK = (TCP_HEADER / 4) << 12 | 0x10;

  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int ICMP = 1;
  private static final int ICMP6 = 58;
  private static final int DATAGRAM_BYTES = 1200;
  private static final int SEGMENTS = 45;

  private final int headerBytes;
  private final int mtu;

  /**
   * Packets for a device.
   *
   * @param headerBytes of the vnet header before each; 0 for a device without, which is given no
   *     packets that are several in one
   * @param mtu the device's
   */
  WarmupPackets(int headerBytes, int mtu) {
    this.headerBytes = headerBytes;
    this.mtu = mtu;
  }

  /** What comes one at a time: echoes, acknowledgments, calls and questions. */
  List<byte[]> lone() {
    return List.of(
        single(false, ICMP, 64, 0),
        single(false, TCP, TCP_HEADER, ACK),
        single(true, ICMP6, 64, 0),
        single(false, UDP, UDP_HEADER + 160, 0),
        single(true, TCP, TCP_HEADER, ACK),
        single(true, UDP, UDP_HEADER + 40, 0));
  }

  /** What comes in bulk: a download's super-packets, of both families, and a video call's. */
  List<byte[]> bulk() {
    if (headerBytes == 0) {
      return List.of(single(false, TCP, mtu - V4_HEADER, ACK), single(true, UDP, 1200, 0));
    }
    return List.of(tcp(false), tcp(true), datagrams(false), datagrams(true), tcp(false));
  }

  private byte[] tcp(boolean v6) {
    int ip = v6 ? V6_HEADER : V4_HEADER;
    int segment = mtu - ip - TCP_HEADER;
    byte[] packet = single(v6, TCP, TCP_HEADER + SEGMENTS * segment - 100, ACK);
    int type = v6 ? VnetHeader.GSO_TCP6 : VnetHeader.GSO_TCP4;
    VnetHeader.write(packet, 0, VnetHeader.NEEDS_CHECKSUM, type, ip + TCP_HEADER, segment, ip, 16);
    return packet;
  }

  private byte[] datagrams(boolean v6) {
    int ip = v6 ? V6_HEADER : V4_HEADER;
    byte[] packet = single(v6, UDP, UDP_HEADER + 8 * DATAGRAM_BYTES, 0);
    VnetHeader.write(
        packet,
        0,
        VnetHeader.NEEDS_CHECKSUM,
        VnetHeader.GSO_UDP,
        ip + UDP_HEADER,
        DATAGRAM_BYTES,
        ip,
        6);
    return packet;
  }

  /**
   * One packet.
   *
   * @param bytes of transport header and payload
   * @param offsetAndFlags what stands in a TCP header from byte 12 on
   */
  private byte[] single(boolean v6, int protocol, int bytes, int offsetAndFlags) {
    int ip = v6 ? V6_HEADER : V4_HEADER;
    byte[] packet = new byte[headerBytes + ip + bytes];
    int at = headerBytes;
    if (v6) {
      packet[at] = 0x60;
      Bytes.putInt16(packet, at + 4, bytes);
      packet[at + 6] = (byte) protocol;
      packet[at + 7] = 64;
      for (int address : new int[] {at + IpPacket.V6_SOURCE, at + IpPacket.V6_DESTINATION}) {
        Bytes.putInt32(packet, address, 0x20010db8);
        packet[address + 15] = (byte) address;
      }
    } else {
      packet[at] = 0x45;
      Bytes.putInt16(packet, at + 2, ip + bytes);
      Bytes.putInt16(packet, at + 6, 0x4000);
      packet[at + 8] = 64;
      packet[at + 9] = (byte) protocol;
      Bytes.putInt32(packet, at + IpPacket.V4_SOURCE, 0xc0000201);
      Bytes.putInt32(packet, at + IpPacket.V4_DESTINATION, 0xc6336401);
    }
    int transport = at + ip;
    Bytes.putInt32(packet, transport, 0x01bbc000);
    if (protocol == TCP) {
      Bytes.putInt16(packet, transport + 12, offsetAndFlags);
    } else if (protocol == UDP) {
      Bytes.putInt16(packet, transport + 4, bytes);
    }
    return packet;
  }
}
