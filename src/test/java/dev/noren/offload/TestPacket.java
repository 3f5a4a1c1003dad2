package dev.noren.offload;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A TCP or UDP packet by its fields, and the naive way between fields and bytes. */
public final class TestPacket implements Cloneable {
  public boolean v6;
  public boolean tcp = true;
  public int sourceHost = 1;
  public int destinationHost = 2;
  public int sourcePort = 443;
  int destinationPort = 50_000;

  /** TOS or traffic class. */
  int trafficClass;

  int flowLabel;
  int ttl = 64;
  public int id = 7;

  /** The IPv4 flags and fragment offset, 16 bits. */
  public int fragment = 0x4000;

  byte[] ipOptions = new byte[0];

  /** Destination options (IPv6, RFC 8200 4.6), whole units of 8 bytes. */
  byte[] extension = new byte[0];

  public int sequence = 1000;
  int acknowledgment = 77;
  int flags = 0x10;
  int reserved;

  /** UDP without a checksum, which is 0 then. */
  boolean unsummed;

  int window = 500;
  int urgent;
  byte[] options = new byte[0];
  public byte[] payload = new byte[0];

  /**
   * What a TUN device gives of a flow from 10.0.0.1 to 10.0.0.2: vnet header, and one packet or
   * several in one.
   */
  public static byte[] fromKernel(boolean tcp, int packets, int payloadBytes) {
    TestPacket packet = new TestPacket();
    packet.tcp = tcp;
    packet = packet.with(packets * payloadBytes, 1);
    return packets == 1 ? packet.asPartial() : packet.asSuper(payloadBytes);
  }

  @Override
  public TestPacket clone() {
    try {
      return (TestPacket) super.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  public TestPacket with(byte[] newPayload) {
    TestPacket copy = clone();
    copy.payload = newPayload;
    return copy;
  }

  /** Payload bytes that count up from this one. */
  public TestPacket with(int length, int first) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (first + i);
    }
    return with(bytes);
  }

  int protocol() {
    return tcp ? 6 : 17;
  }

  public int ipBytes() {
    return v6 ? 40 + extension.length : 20 + ipOptions.length;
  }

  int headerBytes() {
    return ipBytes() + (tcp ? 20 + options.length : 8);
  }

  public int checksumOffset() {
    return tcp ? 16 : 6;
  }

  /** The packet with right checksums. */
  public byte[] bytes() {
    byte[] packet = withoutChecksum();
    int start = ipBytes();
    int pseudo = NaiveSum.pseudo(packet, protocol(), packet.length - start);
    int checksum = ~NaiveSum.fold(packet, start, packet.length, pseudo) & 0xffff;
    checksum = checksum == 0 && !tcp ? 0xffff : checksum;
    put16(packet, start + checksumOffset(), unsummed && !tcp ? 0 : checksum);
    return packet;
  }

  /** As the kernel hands it over in one piece: vnet header, and the pseudo-header's sum. */
  public byte[] asSuper(int gsoSize) {
    int type = tcp ? (v6 ? 4 : 1) : 5;
    return withVnet(type, headerBytes(), gsoSize);
  }

  /** As the kernel hands over one packet whose checksum is still to be completed. */
  byte[] asPartial() {
    return withVnet(0, 0, 0);
  }

  private byte[] withVnet(int type, int headerLength, int gsoSize) {
    byte[] packet = withoutChecksum();
    int start = ipBytes();
    put16(
        packet,
        start + checksumOffset(),
        NaiveSum.pseudo(packet, protocol(), packet.length - start));
    ByteBuffer all = ByteBuffer.allocate(10 + packet.length).order(ByteOrder.nativeOrder());
    all.put((byte) 1).put((byte) type).putShort((short) headerLength).putShort((short) gsoSize);
    all.putShort((short) start).putShort((short) checksumOffset()).put(packet);
    return all.array();
  }

  private byte[] withoutChecksum() {
    int total = headerBytes() + payload.length;
    ByteBuffer out = ByteBuffer.allocate(total);
    if (v6) {
      out.putInt(6 << 28 | trafficClass << 20 | flowLabel).putShort((short) (total - 40));
      out.put((byte) (extension.length > 0 ? 60 : protocol())).put((byte) ttl);
      out.putLong(0xfd00000000000000L).putLong(sourceHost);
      out.putLong(0xfd00000000000000L).putLong(destinationHost).put(extension);
    } else {
      out.put((byte) (0x40 | ipBytes() / 4)).put((byte) trafficClass).putShort((short) total);
      out.putShort((short) id).putShort((short) fragment);
      out.put((byte) ttl).put((byte) protocol()).putShort((short) 0);
      out.putInt(0x0a000000 | sourceHost).putInt(0x0a000000 | destinationHost).put(ipOptions);
      put16(out.array(), 10, ~NaiveSum.fold(out.array(), 0, ipBytes(), 0) & 0xffff);
    }
    out.putShort((short) sourcePort).putShort((short) destinationPort);
    if (tcp) {
      out.putInt(sequence).putInt(acknowledgment);
      out.put((byte) ((20 + options.length) * 4 | reserved)).put((byte) flags);
      out.putShort((short) window).putShort((short) 0).putShort((short) urgent).put(options);
    } else {
      out.putShort((short) (total - ipBytes())).putShort((short) 0);
    }
    out.put(payload);
    return out.array();
  }

  /** The fields of a packet of this helper's making, IPv4 options and all. */
  static TestPacket parse(byte[] packet, int from) {
    TestPacket result = new TestPacket();
    ByteBuffer in = ByteBuffer.wrap(packet, from, packet.length - from).slice();
    result.v6 = in.get(0) >>> 4 == 6;
    int at = 40;
    if (result.v6) {
      result.trafficClass = in.getInt(0) >>> 20 & 0xff;
      result.flowLabel = in.getInt(0) & 0xfffff;
      boolean extended = in.get(6) == 60;
      at = extended ? 48 + 8 * (in.get(41) & 0xff) : 40;
      result.extension = Arrays.copyOfRange(packet, from + 40, from + at);
      result.tcp = in.get(extended ? 40 : 6) == 6;
      result.ttl = in.get(7) & 0xff;
      result.sourceHost = in.getInt(20);
      result.destinationHost = in.getInt(36);
    } else {
      at = (in.get(0) & 0xf) * 4;
      result.trafficClass = in.get(1) & 0xff;
      result.id = in.getShort(4) & 0xffff;
      result.fragment = in.getShort(6) & 0xffff;
      result.ttl = in.get(8) & 0xff;
      result.tcp = in.get(9) == 6;
      result.sourceHost = in.getInt(12) & 0xffffff;
      result.destinationHost = in.getInt(16) & 0xffffff;
      result.ipOptions = Arrays.copyOfRange(packet, from + 20, from + at);
    }
    result.sourcePort = in.getShort(at) & 0xffff;
    result.destinationPort = in.getShort(at + 2) & 0xffff;
    int end = at + 8;
    result.unsummed = !result.tcp && in.getShort(at + 6) == 0;
    if (result.tcp) {
      result.sequence = in.getInt(at + 4);
      result.acknowledgment = in.getInt(at + 8);
      result.reserved = in.get(at + 12) & 0xf;
      result.flags = in.get(at + 13) & 0xff;
      result.window = in.getShort(at + 14) & 0xffff;
      result.urgent = in.getShort(at + 18) & 0xffff;
      end = at + (in.get(at + 12) >>> 4 & 0xf) * 4;
      result.options = Arrays.copyOfRange(packet, from + at + 20, from + end);
    }
    result.payload = Arrays.copyOfRange(packet, from + end, packet.length);
    return result;
  }

  /** Protocol, addresses and ports. */
  String flow() {
    return (v6 ? "6 " : "4 ")
        + (tcp ? "tcp " : "udp ")
        + sourceHost
        + ":"
        + sourcePort
        + " "
        + destinationHost
        + ":"
        + destinationPort;
  }

  /** All that must be the same in packets to be merged. */
  String sameness() {
    String ip = flow() + " " + trafficClass + " " + flowLabel + " " + ttl + " " + fragment;
    return tcp
        ? ip + " " + acknowledgment + " " + window + " " + urgent + " " + Arrays.toString(options)
        : ip;
  }

  private static void put16(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >>> 8);
    bytes[at + 1] = (byte) value;
  }
}
