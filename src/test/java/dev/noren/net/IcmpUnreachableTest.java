package dev.noren.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class IcmpUnreachableTest {
  private final byte[] out = new byte[IcmpUnreachable.MAX_SIZE];

  @Test
  void answersAnIpv4PacketAsItsDestinationWould() {
    byte[] packet = v4(17, 100, "10.0.0.1", "192.0.2.9");
    int length = IcmpUnreachable.answer(packet, 0, packet.length, out);
    assertEquals(20 + 8 + 100, length);
    assertEquals(length, IpPacket.totalLength(out, 0, length));
    assertEquals("192.0.2.9", IpPacket.source(out, 0).toString());
    assertEquals("10.0.0.1", IpPacket.destination(out, 0).toString());
    assertEquals(3, out[20]);
    assertEquals(1, out[21]);
    assertEquals(0xffff, Checksum.fold(Checksum.sum(out, 0, 20, 0)));
    assertEquals(0xffff, Checksum.fold(Checksum.sum(out, 20, length - 20, 0)));
    assertEquals(0, java.util.Arrays.compare(packet, 0, 100, out, 28, 128));
  }

  @Test
  void answersAnIpv6PacketAndNeverMoreThan1280Bytes() {
    byte[] packet = v6(6, 4000, "2001:db8::1", "2001:db8:1::9");
    int length = IcmpUnreachable.answer(packet, 0, packet.length, out);
    assertEquals(1280, length);
    assertEquals("2001:db8:1::9", IpPacket.source(out, 0).toString());
    assertEquals(1, out[40]);
    assertEquals(3, out[41]);
    long pseudo = Checksum.sum(out, 8, 32, length - 40 + 58L);
    assertEquals(0xffff, Checksum.fold(Checksum.sum(out, 40, length - 40, pseudo)));
  }

  @Test
  void staysSilentWhereAnAnswerCouldLoopOrFlood() {
    byte[] error = v4(1, 60, "10.0.0.1", "192.0.2.9");
    error[20] = 3;
    assertSilent(error);
    byte[] echo = v4(1, 60, "10.0.0.1", "192.0.2.9");
    echo[20] = 8;
    assertTrue(IcmpUnreachable.answer(echo, 0, echo.length, out) > 0);
    assertSilent(v4(17, 60, "10.0.0.1", "224.0.0.251"));
    assertSilent(v4(17, 60, "10.0.0.1", "255.255.255.255"));
    assertSilent(v4(17, 60, "0.0.0.0", "192.0.2.9"));
    byte[] laterFragment = v4(17, 60, "10.0.0.1", "192.0.2.9");
    laterFragment[7] = 9;
    assertSilent(laterFragment);
    assertSilent(v6(17, 60, "2001:db8::1", "ff02::fb"));
    assertSilent(v6(17, 60, "::", "2001:db8::9"));
    byte[] error6 = v6(58, 60, "2001:db8::1", "2001:db8::9");
    error6[40] = 1;
    assertSilent(error6);
    byte[] echo6 = v6(58, 60, "2001:db8::1", "2001:db8::9");
    echo6[40] = (byte) 128;
    assertTrue(IcmpUnreachable.answer(echo6, 0, echo6.length, out) > 0);
  }

  @Test
  void anIpHeaderIsNotTrusted() {
    byte[] packet = v4(17, 60, "10.0.0.1", "192.0.2.9");
    assertEquals(60, IpPacket.totalLength(packet, 0, 60));
    assertEquals(60, IpPacket.totalLength(packet, 0, 60));
    assertEquals(-1, IpPacket.totalLength(packet, 0, 59), "states more than is there");
    assertEquals(-1, IpPacket.totalLength(packet, 0, 19), "shorter than a header");
    packet[3] = 19;
    assertEquals(-1, IpPacket.totalLength(packet, 0, 60), "states less than its header");
    packet[0] = 0x55;
    assertEquals(-1, IpPacket.totalLength(packet, 0, 60), "version 5");
    byte[] short6 = v6(17, 60, "2001:db8::1", "2001:db8::9");
    assertEquals(-1, IpPacket.totalLength(short6, 0, 39));
    assertEquals(60, IpPacket.totalLength(short6, 0, 60));
    packet[0] = 0x41;
    assertEquals(0, IcmpUnreachable.answer(packet, 0, 60, out), "a header length of 4 bytes");
  }

  private void assertSilent(byte[] packet) {
    assertEquals(0, IcmpUnreachable.answer(packet, 0, packet.length, out));
  }

  private static byte[] v4(int protocol, int length, String source, String destination) {
    byte[] packet = new byte[length];
    packet[0] = 0x45;
    Bytes.putInt16(packet, 2, length);
    packet[9] = (byte) protocol;
    System.arraycopy(IpAddress.parse(source).toBytes(), 0, packet, 12, 4);
    System.arraycopy(IpAddress.parse(destination).toBytes(), 0, packet, 16, 4);
    fill(packet, 20);
    return packet;
  }

  private static byte[] v6(int nextHeader, int length, String source, String destination) {
    byte[] packet = new byte[length];
    packet[0] = 0x60;
    Bytes.putInt16(packet, 4, length - 40);
    packet[6] = (byte) nextHeader;
    System.arraycopy(IpAddress.parse(source).toBytes(), 0, packet, 8, 16);
    System.arraycopy(IpAddress.parse(destination).toBytes(), 0, packet, 24, 16);
    fill(packet, 40);
    return packet;
  }

  private static void fill(byte[] packet, int from) {
    for (int i = from; i < packet.length; i++) {
      packet[i] = (byte) (i * 7);
    }
  }
}
