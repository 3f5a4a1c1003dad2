package dev.noren.offload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.net.Bytes;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmenterTest {
  private static final int ROOM = 65_535;

  private final Segmenter segmenter = new Segmenter();

  /** The bytes below are a little-endian machine's. */
  @BeforeAll
  static void isLittleEndian() {
    assertEquals(ByteOrder.LITTLE_ENDIAN, ByteOrder.nativeOrder());
  }

  /** ACK, PSH, FIN and CWR; timestamps; the id and the sequence number wrap. */
  @Test
  void tcpOverIpv4() {
    String addressesAndPorts = "0a0000010a00000201bbc350";
    String options = "0101080a00000064000000c8";
    assertSplit(
        "01813400040014001000"
            + ("4502003effff4000400626b6" + addressesAndPorts)
            + ("fffffffe01020304809901f414330000" + options + "6162636465666768696a"),
        ("45020038ffff4000400626bc" + addressesAndPorts)
            + ("fffffffe01020304809001f4d13f0000" + options + "61626364"),
        ("4502003800004000400626bc" + addressesAndPorts)
            + ("0000000201020304801001f4c9b40000" + options + "65666768"),
        ("4502003600014000400626bd" + addressesAndPorts)
            + ("0000000601020304801901f42d0e0000" + options + "696a"));
  }

  @Test
  void udpOverIpv6() {
    String rest = "1140fd000000000000000000000000000001fd0000000000000000000000000000020fa00035";
    assertSplit(
        "01053000030028000600" + "60512345000d" + rest + "000dfa2268656c6c6f",
        "60512345000b" + rest + "000b219968656c",
        "60512345000a" + rest + "000a89916c6f");
  }

  /** The sum is 0 here, which in UDP would mean that there is none. */
  @Test
  void completesTheChecksumOfOnePacket() {
    String packet = "4500001e00074000401126c60a0000010a0000020fa00035000a";
    assertSplit("01001c00000014000600" + packet + "141edc02", packet + "ffffdc02");
  }

  @Test
  void noDatagramIsLeftWithoutAChecksum() {
    TestPacket packet = new TestPacket();
    packet.tcp = false;
    packet.sourcePort = 4000;
    packet.destinationPort = 53;
    byte[] datagram = {(byte) 0xdc, 0x02};
    assertEquals(0xffff, Bytes.uint16(packet.with(datagram).bytes(), 26), "its sum is 0");
    byte[] twice = packet.with(new byte[] {(byte) 0xdc, 0x02, (byte) 0xdc, 0x02}).asSuper(2);
    assertPackets(NaiveSplitter.split(twice), Harness.split(segmenter, twice, 64));
  }

  @ParameterizedTest(name = "flags {0}")
  @ValueSource(strings = {"00", "02"})
  void leavesAWholePacketAlone(String flags) {
    String packet = "4500001e00074000401126c60a0000010a0000020fa00035000a1234dc02";
    assertSplit(flags + "000000000000000000" + packet, packet);
  }

  @Test
  void theHeaderLengthIsNotTrusted() {
    byte[] read = tcp4(3000, 1000);
    List<byte[]> expected = NaiveSplitter.split(read);
    for (int lie : new int[] {0, 1, 53, 0xffff}) {
      read[2] = (byte) lie;
      read[3] = (byte) (lie >>> 8);
      assertPackets(expected, Harness.split(segmenter, read, 64));
    }
  }

  /** A packet whose checksum the kernel has completed already is split all the same. */
  @Test
  void splitsWithoutTheChecksumFlag() {
    byte[] read = tcp4(3000, 1000);
    List<byte[]> expected = NaiveSplitter.split(read);
    read[0] = 2;
    read[6] = 0;
    read[8] = 0;
    assertPackets(expected, Harness.split(segmenter, read, 64));
  }

  @Test
  void givesManySmallPacketsInBunches() {
    byte[] read = tcp4(60_000, 40);
    assertTrue(segmenter.begin(read, 0, read.length, ROOM));
    assertEquals(1500, segmenter.remaining());
    assertEquals(80, segmenter.maxLength());
    byte[] out = new byte[64 * 80];
    int[] lengths = new int[64];
    for (int left = 1500; left > 0; left -= 64) {
      assertEquals(left, segmenter.remaining());
      assertEquals(Math.min(64, left), segmenter.next(out, 0, 80, lengths, 0, 64));
    }
    assertEquals(0, segmenter.next(out, 0, 80, lengths, 0, 64));
    assertPackets(NaiveSplitter.split(read), Harness.split(segmenter, read, 7));
  }

  @Test
  void refusesWhatTheCallerHasNoRoomFor() {
    byte[] read = tcp4(3000, 1000);
    assertTrue(segmenter.begin(read, 0, read.length, 1040));
    assertFalse(segmenter.begin(read, 0, read.length, 1039));
    assertEquals(0, segmenter.remaining(), "nothing is left of a refused read");
    byte[] single = new TestPacket().with(100, 0).asPartial();
    assertTrue(segmenter.begin(single, 0, single.length, 140));
    assertFalse(segmenter.begin(single, 0, single.length, 139));
  }

  @Test
  void aMistakeOfTheCallerThrows() {
    byte[] read = tcp4(3000, 1000);
    assertThrows(
        IndexOutOfBoundsException.class, () -> segmenter.begin(read, 1, read.length, ROOM));
    assertTrue(segmenter.begin(read, 0, read.length, ROOM));
    int[] lengths = new int[3];
    assertThrows(
        IllegalArgumentException.class,
        () -> segmenter.next(new byte[9999], 0, 1039, lengths, 0, 3));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> segmenter.next(new byte[3119], 0, 1040, lengths, 0, 3));
    assertTrue(segmenter.begin(read, 0, read.length, ROOM));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> segmenter.next(new byte[9999], 0, 1040, lengths, 1, 3));
  }

  /** Behind a routing header the kernel's sum is of the last destination. */
  @Test
  void keepsTheKernelsPseudoHeaderBehindIpv6Extensions() {
    TestPacket plain = new TestPacket();
    plain.v6 = true;
    byte[] read = plain.with(2500, 3).asSuper(1000);
    byte[] extended = new byte[read.length + 8];
    System.arraycopy(read, 0, extended, 0, 50);
    System.arraycopy(read, 50, extended, 58, read.length - 50);
    extended[6] = 48;
    Bytes.putInt16(extended, 10 + 4, read.length - 50 + 8);
    extended[10 + 6] = 43;
    extended[50] = 6;
    // Another destination in the IP header than the one that was summed.
    extended[10 + 39] = 99;
    List<byte[]> expected = NaiveSplitter.split(read);
    List<byte[]> packets = Harness.split(segmenter, extended, 64);
    assertEquals(3, packets.size());
    for (int i = 0; i < 3; i++) {
      byte[] transport = Arrays.copyOfRange(packets.get(i), 48, packets.get(i).length);
      byte[] wanted = Arrays.copyOfRange(expected.get(i), 40, expected.get(i).length);
      assertArrayEquals(wanted, transport);
      assertEquals(packets.get(i).length - 40, Bytes.uint16(packets.get(i), 4));
    }
  }

  /** One byte of a good read is changed: in the vnet header (0–9) or in the packet (from 10). */
  @ParameterizedTest(name = "{0}: byte {2} becomes {3}")
  @CsvSource({
    "TCP4, a GSO type that is not offered,       1, 3",
    "TCP4, an unknown GSO type,                  1, 2",
    "TCP4, the type of IPv6,                     1, 4",
    "TCP4, the type of UDP,                      1, 5",
    "TCP4, a GSO size of 0,                      4, 0",
    "TCP4, the checksum starts in the IP header, 6, 19",
    "TCP4, the checksum starts in TCP,           6, 24",
    "TCP4, the checksum stands elsewhere,        8, 6",
    "TCP4, IP version 5,                         10, 0x55",
    "TCP4, an IP header of 16 bytes,             10, 0x44",
    "TCP4, an IP header of 60 bytes,             10, 0x4f",
    "TCP4, a total length that is too long,      12, 1",
    "TCP4, a total length that is too short,     13, 59",
    "TCP4, a fragment,                           16, 0x60",
    "TCP4, another protocol,                     19, 17",
    "TCP4, a TCP header of 16 bytes,             42, 0x40",
    "TCP4, a TCP header longer than the packet,  42, 0xf0",
    "TCP4, a TCP header and no payload,          42, 0xa0",
    "UDP6, the type of TCP over IPv6,            1, 4",
    "UDP6, the type of TCP over IPv4,            1, 1",
    "UDP6, the checksum starts in the IP header, 6, 39",
    "UDP6, the checksum starts behind the end,   6, 70",
    "UDP6, no payload,                           6, 60",
    "UDP6, another next header,                  16, 6",
    "UDP6, a payload length that is too long,    15, 29",
    "ONE4, the checksum starts in the IP header, 6, 19",
    "ONE4, the checksum starts behind the end,   6, 100",
    "ONE4, the checksum stands behind the end,   8, 19",
    "ONE4, an IP header longer than the packet, 10, 0x4f",
    "ONE4, IP version 0,                         10, 0x05",
  })
  void refusesAContradiction(String read, String name, int at, String value) {
    byte[] bytes =
        switch (read) {
          case "TCP4" -> tcp4(20, 7);
          case "UDP6" -> udp6();
          default -> new TestPacket().with(0, 0).asPartial();
        };
    assertTrue(segmenter.begin(bytes, 0, bytes.length, ROOM), "as it was");
    bytes[at] = Integer.decode(value).byteValue();
    assertFalse(segmenter.begin(bytes, 0, bytes.length, ROOM), name);
    assertEquals(0, segmenter.next(new byte[0], 0, 0, new int[1], 0, 1));
  }

  @Test
  void refusesWhatIsShorterThanItsHeaders() {
    for (byte[] whole : List.of(tcp4(20, 7), udp6())) {
      for (int length = 0; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertFalse(segmenter.begin(cut, 0, length, ROOM), "cut to " + length);
      }
    }
  }

  private static byte[] tcp4(int payload, int gsoSize) {
    return new TestPacket().with(payload, 1).asSuper(gsoSize);
  }

  private static byte[] udp6() {
    TestPacket packet = new TestPacket();
    packet.v6 = true;
    packet.tcp = false;
    return packet.with(20, 1).asSuper(7);
  }

  private void assertSplit(String read, String... packets) {
    List<byte[]> expected =
        Arrays.stream(packets).map(packet -> HexFormat.of().parseHex(packet)).toList();
    assertPackets(expected, Harness.split(segmenter, HexFormat.of().parseHex(read), 64));
  }

  private static void assertPackets(List<byte[]> expected, List<byte[]> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), actual.get(i), "packet " + i);
    }
  }
}
