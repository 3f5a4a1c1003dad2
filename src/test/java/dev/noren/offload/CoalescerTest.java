package dev.noren.offload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.net.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CoalescerTest {
  private static final int FLOWS = 3;

  private final List<byte[]> written = new ArrayList<>();
  private final Coalescer coalescer = new Coalescer(Harness.keepIn(written), true, true, FLOWS);

  /** Three segments with timestamps, ids counting up, PSH on the last. */
  @Test
  void tcpOverIpv4() {
    String addressesAndPorts = "0a0000010a00000201bbc350";
    String options = "0101080a00000064000000c8";
    add(
        ("4500003800050000400666b9" + addressesAndPorts)
            + ("0000006401020304801001f4d15a0000" + options + "61626364"));
    add(
        ("4500003800060000400666b8" + addressesAndPorts)
            + ("0000006801020304801001f4c94e0000" + options + "65666768"));
    assertTrue(written.isEmpty(), "waits for more");
    add(
        ("4500003600070000400666b9" + addressesAndPorts)
            + ("0000006c01020304801801f42ca90000" + options + "696a"));
    assertEquals(1, written.size(), "PSH ends it at once");
    assertEquals(
        "01013400040014001000"
            + ("4500003e00050000400666b3" + addressesAndPorts)
            + ("0000006401020304801801f414330000" + options + "6162636465666768696a"),
        HexFormat.of().formatHex(written.get(0)));
  }

  @Test
  void udpOverIpv6() {
    String rest = "1140fd000000000000000000000000000001fd0000000000000000000000000000020fa00035";
    add("60512345000b" + rest + "000b219968656c");
    add("60512345000a" + rest + "000a89916c6f");
    assertEquals(1, written.size(), "a shorter one ends it at once");
    assertEquals(
        "01053000030028000600" + "60512345000d" + rest + "000dfa2268656c6c6f",
        HexFormat.of().formatHex(written.get(0)));
  }

  @Test
  void aLonePacketKeepsItsChecksumAndGetsAZeroHeader() {
    byte[] packet = new TestPacket().with(1000, 3).bytes();
    add(packet);
    assertTrue(written.isEmpty());
    coalescer.flush();
    assertWritten(alone(packet));
    coalescer.flush();
    assertWritten(alone(packet));
  }

  private static Arguments row(int number, String name, boolean merged, Consumer<TestPacket> next) {
    return Arguments.of(number, name, merged, next);
  }

  /** What may differ in the packet that comes next; it carries 200 bytes behind 200. */
  static Stream<Arguments> differences() {
    return Stream.of(
        row(1, "nothing", true, p -> {}),
        row(2, "PSH", true, p -> p.flags |= 0x08),
        row(3, "shorter", true, p -> p.payload = new byte[] {1}),
        row(4, "longer", false, p -> p.payload = new byte[201]),
        row(5, "no payload", false, p -> p.payload = new byte[0]),
        row(6, "sequence too low", false, p -> p.sequence--),
        row(7, "sequence too high", false, p -> p.sequence++),
        row(8, "acknowledgment", false, p -> p.acknowledgment++),
        row(9, "window", false, p -> p.window++),
        row(10, "urgent pointer", false, p -> p.urgent++),
        row(11, "options", false, p -> p.options = new byte[] {1, 1, 1, 2}),
        row(12, "options longer", false, p -> p.options = new byte[8]),
        row(13, "no options", false, p -> p.options = new byte[0]),
        row(14, "FIN", false, p -> p.flags |= 0x01),
        row(15, "SYN", false, p -> p.flags |= 0x02),
        row(16, "RST", false, p -> p.flags |= 0x04),
        row(17, "URG", false, p -> p.flags |= 0x20),
        row(18, "ECE", false, p -> p.flags |= 0x40),
        row(19, "CWR", false, p -> p.flags |= 0x80),
        row(20, "no ACK", false, p -> p.flags = 0),
        row(21, "a reserved TCP bit", false, p -> p.reserved = 1),
        row(22, "TOS", false, p -> p.trafficClass = 1),
        row(23, "TTL", false, p -> p.ttl--),
        row(24, "DF", false, p -> p.fragment = 0),
        row(25, "the reserved IPv4 bit", false, p -> p.fragment = 0xc000),
        row(26, "a fragment", false, p -> p.fragment = 0x2000),
        row(27, "another id, with DF", true, p -> p.id = 40_000),
        row(28, "IPv4 options", false, p -> p.ipOptions = new byte[4]),
        row(29, "more options behind the same", false, p -> p.options = ones(8)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("differences")
  void whatMayDifferInTcpOverIpv4(
      int number, String name, boolean merged, Consumer<TestPacket> change) {
    TestPacket first = new TestPacket();
    first.options = ones(4);
    check(first, merged, change);
  }

  private static byte[] ones(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 1);
    return bytes;
  }

  static Stream<Arguments> differencesV6() {
    return Stream.of(
        row(1, "nothing", true, p -> {}),
        row(2, "traffic class", false, p -> p.trafficClass = 1),
        row(3, "flow label", false, p -> p.flowLabel++),
        row(4, "hop limit", false, p -> p.ttl--));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("differencesV6")
  void whatMayDifferInTcpOverIpv6(
      int number, String name, boolean merged, Consumer<TestPacket> change) {
    TestPacket first = new TestPacket();
    first.v6 = true;
    check(first, merged, change);
  }

  static Stream<Arguments> differencesUdp() {
    return Stream.of(
        row(1, "nothing", true, p -> {}),
        row(2, "shorter", true, p -> p.payload = new byte[] {1}),
        row(3, "longer", false, p -> p.payload = new byte[201]),
        row(4, "no payload", false, p -> p.payload = new byte[0]),
        row(5, "without DF the id must count up: same", false, p -> p.id--),
        row(6, "one too far", false, p -> p.id++),
        row(7, "TOS", false, p -> p.trafficClass = 1),
        row(8, "a fragment", false, p -> p.fragment = 0x2000));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("differencesUdp")
  void whatMayDifferInUdpOverIpv4(
      int number, String name, boolean merged, Consumer<TestPacket> change) {
    TestPacket first = new TestPacket();
    first.tcp = false;
    first.fragment = 0;
    first.id = 0xffff;
    check(first, merged, change);
  }

  /** Whether two packets are merged; if not, they pass in order as they are. */
  private void check(TestPacket model, boolean merged, Consumer<TestPacket> change) {
    TestPacket first = model.with(200, 1);
    TestPacket next = model.with(200, 201);
    next.sequence += 200;
    next.id = next.id + 1 & 0xffff;
    change.accept(next);
    add(first.bytes());
    add(next.bytes());
    coalescer.flush();
    if (!merged) {
      assertWritten(alone(first.bytes()), alone(next.bytes()));
      return;
    }
    TestPacket whole = model.with(Arrays.copyOf(first.payload, 200 + next.payload.length));
    System.arraycopy(next.payload, 0, whole.payload, 200, next.payload.length);
    whole.flags = next.flags;
    assertWritten(whole.asSuper(200));
  }

  @Test
  void theReservedIpv4BitPassesAlone() {
    TestPacket packet = new TestPacket();
    packet.fragment = 0xc000;
    byte[] first = packet.with(200, 0).bytes();
    packet.sequence += 200;
    byte[] second = packet.with(200, 0).bytes();
    add(first);
    add(second);
    assertWritten(alone(first), alone(second));
  }

  @Test
  void udpWithoutChecksumPassesAlone() {
    byte[] packet = udp(7, 100);
    packet[26] = 0;
    packet[27] = 0;
    add(packet);
    add(packet);
    assertWritten(alone(packet), alone(packet));
  }

  @Test
  void udpWhoseLengthIsNotThePacketsPassesAlone() {
    byte[] packet = udp(7, 100);
    packet[25]--;
    add(packet);
    assertWritten(alone(packet));
  }

  /** Right but for that: there is no room for its fields. */
  @Test
  void tcpWhoseHeaderIsTooShortPassesAlone() {
    TestPacket packet = new TestPacket();
    byte[] first = withDataOffset(packet.with(200, 0), 4);
    packet.sequence += 204;
    byte[] second = withDataOffset(packet.with(200, 0), 4);
    add(first);
    add(second);
    assertWritten(alone(first), alone(second));
  }

  private static byte[] withDataOffset(TestPacket model, int words) {
    byte[] packet = model.bytes();
    int transport = model.ipBytes();
    int checksum = transport + model.checksumOffset();
    packet[transport + 12] = (byte) (words << 4);
    Bytes.putInt16(packet, checksum, 0);
    int pseudo = NaiveSum.pseudo(packet, 6, packet.length - transport);
    Bytes.putInt16(
        packet, checksum, ~NaiveSum.fold(packet, transport, packet.length, pseudo) & 0xffff);
    return packet;
  }

  /**
   * While a packet stands over a waiting one's headers, it would be compared with itself. This one
   * says there what its own TCP header says, and its ports are others than the waiting one's.
   */
  @Test
  void aPacketIsNotComparedWithItself() {
    TestPacket waiting = new TestPacket();
    byte[] first = waiting.with(20, 0).bytes();
    TestPacket forged = new TestPacket();
    // What comes 20 bytes further on in the packet is 20 bytes before the end of the waiting one.
    byte[] ip = forged.with(20, 0).bytes();
    forged.sourcePort = Bytes.uint16(ip, 0);
    forged.destinationPort = Bytes.uint16(ip, 2);
    forged.sequence = Bytes.int32(ip, 4) + 20;
    forged.acknowledgment = Bytes.int32(ip, 8);
    forged.window = Bytes.uint16(ip, 14);
    forged.urgent = Bytes.uint16(ip, 18);
    byte[] second = forged.with(20, 0).bytes();
    add(first);
    add(second);
    coalescer.flush();
    assertWritten(alone(first), alone(second));
  }

  @Test
  void whatIsNoIpPacketLetsNothingWait() {
    byte[] first = new TestPacket().with(100, 0).bytes();
    TestPacket elsewhere = new TestPacket();
    elsewhere.sourceHost = 9;
    byte[] none = elsewhere.with(100, 0).bytes();
    none[3]++;
    add(first);
    add(none);
    assertWritten(alone(first), alone(none));
  }

  @Test
  void atMost64Datagrams() {
    for (int i = 0; i < 65; i++) {
      add(udp(7, 10));
    }
    coalescer.flush();
    assertEquals(List.of(10 + 28 + 640, 10 + 28 + 10), sizes());
  }

  @Test
  void neverLongerThanAnIpPacketCanBe() {
    TestPacket packet = new TestPacket();
    for (int i = 0; i < 48; i++) {
      add(packet.with(1380, i).bytes());
      packet.sequence += 1380;
    }
    coalescer.flush();
    assertEquals(List.of(10 + 40 + 47 * 1380, 10 + 40 + 1380), sizes());
    assertEquals(48, NaiveSplitter.split(written.get(0)).size() + 1);
  }

  /** The longest packets there are fit as well, whatever stands in the place before. */
  @Test
  void takesTheLongestPacket() {
    TestPacket packet = new TestPacket();
    add(packet.with(1000, 0).bytes());
    packet.sequence += 1000;
    byte[] longest = packet.with(65_495, 9).bytes();
    assertEquals(65_535, longest.length);
    add(longest);
    add(longest);
    coalescer.flush();
    assertEquals(List.of(10 + 1040, 10 + 65_535, 10 + 65_535), sizes());
    assertArrayEquals(alone(longest), written.get(2));
  }

  @Test
  void aFullTableWritesTheFlowThatGrewLeastRecently() {
    byte[][] first = new byte[5][];
    for (int i = 0; i < 5; i++) {
      first[i] = udp(i, 100);
    }
    add(first[0]);
    add(first[1]);
    add(first[2]);
    add(first[0]);
    assertWritten();
    add(first[3]);
    assertWritten(alone(first[1]));
    add(first[4]);
    assertWritten(alone(first[1]), alone(first[2]));
    coalescer.flush();
    assertEquals(List.of(138, 138, 238, 138, 138), sizes());
  }

  /** A fragment has no ports, and may belong to a datagram sent before or after. */
  @Test
  void aFragmentLetsNothingWaitBetweenItsAddresses() {
    byte[] same = udp(1, 100);
    TestPacket elsewhere = new TestPacket();
    elsewhere.sourceHost = 9;
    byte[] other = elsewhere.with(100, 0).bytes();
    TestPacket fragment = new TestPacket();
    fragment.tcp = false;
    fragment.fragment = 0x2001;
    byte[] piece = fragment.with(50, 0).bytes();
    add(other);
    add(same);
    add(piece);
    assertWritten(alone(same), alone(piece));
    coalescer.flush();
    assertWritten(alone(same), alone(piece), alone(other));
  }

  @Test
  void aPureAckPassesAtOnceAndDisturbsNoOtherFlow() {
    TestPacket data = new TestPacket();
    byte[] first = data.with(1000, 0).bytes();
    TestPacket ack = new TestPacket();
    ack.sourcePort = 8080;
    add(first);
    add(ack.bytes());
    assertWritten(alone(ack.bytes()));
    data.sequence += 1000;
    add(data.with(1000, 5).bytes());
    coalescer.flush();
    assertEquals(List.of(50, 2050), sizes());
  }

  @Test
  void eachKindCanBeTurnedOff() {
    Coalescer none = new Coalescer(Harness.keepIn(written), false, false, 1);
    Coalescer tcpOnly = new Coalescer(Harness.keepIn(written), true, false, 1);
    byte[] tcp = new TestPacket().with(100, 0).bytes();
    addTo(none, tcp);
    addTo(none, udp(0, 100));
    addTo(tcpOnly, udp(0, 100));
    assertWritten(alone(tcp), alone(udp(0, 100)), alone(udp(0, 100)));
    addTo(tcpOnly, tcp);
    assertEquals(3, written.size());
  }

  /** A first packet with a wrong checksum is found when the next one comes. */
  @Test
  void aCorruptFirstPacketIsNotGrownUpon() {
    for (int payload : new int[] {10, 500}) {
      written.clear();
      TestPacket packet = new TestPacket();
      byte[] first = packet.with(payload, 0).bytes();
      first[first.length - 1] ^= 4;
      packet.sequence += payload;
      byte[] second = packet.with(payload, 0).bytes();
      add(first);
      add(second);
      coalescer.flush();
      assertWritten(alone(first), alone(second));
    }
  }

  @Test
  void aMistakeOfTheCallerThrows() {
    assertThrows(IllegalStateException.class, () -> coalescer.add(20));
    coalescer.reserve(100);
    assertThrows(IllegalStateException.class, () -> coalescer.add(101));
    coalescer.flush();
    assertThrows(IllegalStateException.class, () -> coalescer.add(100));
    assertThrows(IllegalArgumentException.class, () -> coalescer.reserve(65_536));
    assertThrows(IllegalArgumentException.class, () -> coalescer.reserve(-1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Coalescer(Harness.keepIn(written), true, true, 0));
  }

  /** The sink may fail; what comes after is not lost. */
  @Test
  void goesOnAfterASinkThatThrew() {
    boolean[] failing = {true};
    Coalescer fragile =
        new Coalescer(
            (buffer, offset, length) -> {
              if (failing[0]) {
                throw new IllegalStateException("the device is gone");
              }
              Harness.keepIn(written).write(buffer, offset, length);
            },
            true,
            true,
            1);
    addTo(fragile, udp(0, 100));
    assertThrows(IllegalStateException.class, fragile::flush);
    assertThrows(IllegalStateException.class, () -> addTo(fragile, new TestPacket().bytes()));
    failing[0] = false;
    for (int i = 0; i < 4; i++) {
      addTo(fragile, udp(1, 100));
    }
    fragile.flush();
    assertEquals(List.of(438), sizes());
  }

  private static byte[] udp(int port, int payload) {
    TestPacket packet = new TestPacket();
    packet.tcp = false;
    packet.sourcePort = 1000 + port;
    return packet.with(payload, port).bytes();
  }

  private void add(String hex) {
    add(HexFormat.of().parseHex(hex));
  }

  private void add(byte[] packet) {
    addTo(coalescer, packet);
  }

  private static void addTo(Coalescer coalescer, byte[] packet) {
    Harness.add(coalescer, packet, new SplittableRandom(1));
  }

  private static byte[] alone(byte[] packet) {
    byte[] all = new byte[10 + packet.length];
    System.arraycopy(packet, 0, all, 10, packet.length);
    return all;
  }

  private List<Integer> sizes() {
    return written.stream().map(bytes -> bytes.length).toList();
  }

  private void assertWritten(byte[]... expected) {
    assertEquals(expected.length, written.size());
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], written.get(i), "write " + i);
    }
  }
}
