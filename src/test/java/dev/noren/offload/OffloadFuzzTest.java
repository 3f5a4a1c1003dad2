package dev.noren.offload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.net.Bytes;
import dev.noren.net.IpPacket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Both directions against their naive twins, and against bytes that mean no good. */
class OffloadFuzzTest {
  private static final int FLOWS = 4;

  private final Segmenter segmenter = new Segmenter();
  private final List<byte[]> written = new ArrayList<>();
  private final Coalescer coalescer = new Coalescer(Harness.keepIn(written), true, true, FLOWS);
  private SplittableRandom random;

  /** A case that fails tells its seed; {@code repeat} with it shows it again. */
  private void cases(int count, Runnable body) {
    SplittableRandom seeds = new SplittableRandom(System.nanoTime());
    for (int i = 0; i < count; i++) {
      repeat(seeds.nextLong(), body);
    }
  }

  private void repeat(long seed, Runnable body) {
    random = new SplittableRandom(seed);
    coalescer.flush();
    written.clear();
    try {
      body.run();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("case with seed " + seed + "L: " + e.getMessage(), e);
    }
  }

  @Test
  void splitsAsTheTwinAndMergesBack() {
    cases(15_000, this::splitAndMerge);
  }

  private void splitAndMerge() {
    TestPacket packet = randomPacket();
    int most = 65_535 - packet.headerBytes();
    packet.payload = random.nextInt(200) == 0 ? randomBytes(most) : randomPayload();
    int gsoSize = gsoSize(packet.payload.length);
    if (random.nextInt(4) == 0) {
      // The last segment is full, or one byte short of it, or one byte long.
      int full = Math.max(1, packet.payload.length / gsoSize) * gsoSize;
      packet.payload = randomBytes(Math.clamp(full + random.nextInt(3) - 1, 1, most));
    }
    byte[] whole = packet.asSuper(gsoSize);
    List<byte[]> segments = Harness.split(segmenter, whole, 1 + random.nextInt(64));
    assertSame(NaiveSplitter.split(whole), segments);
    segments.forEach(segment -> Harness.add(coalescer, segment, random));
    coalescer.flush();
    boolean usual = packet.ipBytes() == (packet.v6 ? 40 : 20);
    boolean plain = usual && (!packet.tcp || (packet.flags & ~8) == 0x10);
    if (plain && segments.size() > 1 && (packet.tcp || segments.size() <= 64)) {
      assertSame(List.of(whole), written);
    } else {
      assertSame(segments, splitAgain());
    }
  }

  @Test
  void completesAsTheTwin() {
    cases(5_000, this::complete);
  }

  private void complete() {
    TestPacket packet = randomPacket();
    packet.payload = random.nextInt(10) == 0 ? new byte[0] : randomPayload();
    byte[] read = packet.asPartial();
    assertSame(NaiveSplitter.split(read), Harness.split(segmenter, read, 1));
    byte[] built = packet.bytes();
    // 0 and 0xffff are the same number; only UDP's builder prefers the latter.
    if (!packet.tcp || Bytes.uint16(built, packet.ipBytes() + 16) != 0) {
      assertArrayEquals(built, NaiveSplitter.split(read).get(0), "the twin is right");
    }
  }

  @Test
  void mergesInterleavedFlowsAsTheTwin() {
    cases(1_500, this::interleave);
  }

  private void interleave() {
    NaiveMerger twin = new NaiveMerger(FLOWS);
    List<byte[]> packets = mixedPackets();
    for (byte[] packet : packets) {
      Harness.add(coalescer, packet, random);
      twin.add(packet);
      if (random.nextInt(30) == 0) {
        coalescer.flush();
        twin.flush();
      }
    }
    coalescer.flush();
    twin.flush();
    assertSame(twin.written, written);
    assertEquals(byFlow(packets), byFlow(splitAgain()), "each flow's packets, in order");
  }

  @Test
  void aCorruptPacketIsNeverMerged() {
    cases(3_000, this::corrupt);
  }

  private void corrupt() {
    List<byte[]> packets = mixedPackets();
    int which = random.nextInt(packets.size());
    byte[] corrupt = packets.get(which).clone();
    int bits = random.nextInt(3) == 0 ? 8 * Math.min(60, corrupt.length) : 8 * corrupt.length;
    int bit = random.nextInt(bits);
    corrupt[bit / 8] ^= (byte) (1 << bit % 8);
    // What is cut here no longer has a right checksum either.
    int stated = IpPacket.totalLength(corrupt, 0, corrupt.length);
    byte[] passed = stated < 0 ? null : Arrays.copyOf(corrupt, stated);
    for (int i = 0; i < packets.size(); i++) {
      if (i != which) {
        Harness.add(coalescer, packets.get(i), random);
      } else if (passed != null) {
        Harness.add(coalescer, passed, random);
      }
    }
    coalescer.flush();
    packets.remove(which);
    List<byte[]> others = new ArrayList<>();
    int seen = 0;
    for (byte[] write : written) {
      List<byte[]> parts = NaiveSplitter.split(write);
      if (passed != null && seen == 0 && isAlone(write, passed)) {
        seen++;
      } else {
        others.addAll(parts);
      }
    }
    assertEquals(passed == null ? 0 : 1, seen, "the corrupt packet as it came, bit " + bit);
    assertEquals(byFlow(packets), byFlow(others), "the others, bit " + bit);
  }

  private static boolean isAlone(byte[] write, byte[] packet) {
    byte[] alone = new byte[10 + packet.length];
    System.arraycopy(packet, 0, alone, 10, packet.length);
    return Arrays.equals(alone, write);
  }

  @Test
  void noReadCanMakeTheSegmenterThrow() {
    cases(60_000, this::hostileRead);
  }

  private void hostileRead() {
    byte[] read = random.nextInt(4) == 0 ? new byte[random.nextInt(120)] : nearlyRight();
    if (random.nextInt(8) == 0) {
      random.nextBytes(read);
    }
    int changes = random.nextInt(4);
    for (int i = 0; i < changes && read.length > 0; i++) {
      read[random.nextInt(Math.min(read.length, 80))] = (byte) random.nextInt();
    }
    if (random.nextInt(6) == 0) {
      read = Arrays.copyOf(read, random.nextInt(read.length + 1));
    }
    byte[] before = read.clone();
    int total = 0;
    for (byte[] packet : Harness.split(segmenter, read, 16)) {
      assertEquals(packet.length, IpPacket.totalLength(packet, 0, packet.length));
      total += packet.length;
    }
    assertTrue(total == 0 || total >= read.length - 10, "no byte is lost");
    assertArrayEquals(before, read, "the read stays as it is");
  }

  private byte[] nearlyRight() {
    TestPacket packet = randomPacket().with(1 + random.nextInt(200), random.nextInt());
    return random.nextBoolean() ? packet.asPartial() : packet.asSuper(1 + random.nextInt(90));
  }

  @Test
  void noPacketCanMakeTheCoalescerThrow() {
    cases(20_000, this::hostilePackets);
  }

  private void hostilePackets() {
    TestPacket packet = randomPacket().with(random.nextInt(60), 0);
    List<byte[]> added = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      byte[] bytes = packet.bytes();
      packet.sequence += packet.payload.length;
      for (int change = random.nextInt(3); change > 0; change--) {
        bytes[random.nextInt(Math.min(bytes.length, 64))] = (byte) random.nextInt();
      }
      bytes = random.nextInt(4) > 0 ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length));
      added.add(bytes);
      Harness.add(coalescer, bytes, random);
    }
    coalescer.flush();
    int most = added.stream().mapToInt(bytes -> 10 + bytes.length).sum();
    int total = written.stream().mapToInt(bytes -> bytes.length).sum();
    assertTrue(total <= most && total >= most - 3 * (10 + 100), "no byte is lost");
  }

  /** Some flows' segments, mixed; now and then one is lost, repeated or late. */
  private List<byte[]> mixedPackets() {
    int flows = 1 + random.nextInt(FLOWS + 2);
    List<List<byte[]>> queues = new ArrayList<>();
    for (int i = 0; i < flows; i++) {
      TestPacket packet = randomPacket();
      packet.sourcePort = 100 + i;
      List<byte[]> queue = new ArrayList<>();
      for (int turns = 1 + random.nextInt(3); turns > 0; turns--) {
        packet = packet.with(0, 0);
        packet.payload = random.nextInt(8) == 0 ? new byte[0] : randomPayload();
        packet.flags = 0x10 | (random.nextBoolean() ? 8 : 0);
        packet.flags |= random.nextInt(12) == 0 ? 1 << random.nextInt(8) : 0;
        List<byte[]> segments =
            packet.payload.length == 0
                ? List.of(packet.bytes())
                : NaiveSplitter.split(packet.asSuper(gsoSize(packet.payload.length)));
        queue.addAll(segments);
        packet.sequence += packet.payload.length;
        packet.id += segments.size();
        packet.trafficClass = random.nextInt(20) == 0 ? random.nextInt(256) : packet.trafficClass;
      }
      disturb(queue);
      queues.add(queue);
    }
    List<byte[]> mixed = new ArrayList<>();
    int run = 1 + random.nextInt(20);
    while (!queues.isEmpty()) {
      List<byte[]> queue = queues.get(random.nextInt(queues.size()));
      for (int i = random.nextInt(run) + 1; i > 0 && !queue.isEmpty(); i--) {
        mixed.add(queue.remove(0));
      }
      queues.removeIf(List::isEmpty);
    }
    return mixed;
  }

  private void disturb(List<byte[]> queue) {
    for (int i = 0; i < queue.size(); i++) {
      switch (random.nextInt(60)) {
        case 0 -> queue.add(i, queue.get(i));
        case 1 -> queue.add(random.nextInt(queue.size()), queue.remove(i));
        case 2 -> {
          TestPacket piece = TestPacket.parse(queue.get(i), 0);
          piece.fragment |= 0x2000;
          queue.add(i, piece.bytes());
        }
        case 3 -> {
          TestPacket unsummed = TestPacket.parse(queue.get(i), 0);
          unsummed.unsummed = true;
          queue.set(i, unsummed.bytes());
        }
        case 4 -> {
          TestPacket extended = TestPacket.parse(queue.get(i), 0);
          extended.extension = extended.v6 ? extension(extended) : extended.extension;
          queue.set(i, extended.bytes());
        }
        default -> {}
      }
    }
  }

  private TestPacket randomPacket() {
    TestPacket packet = new TestPacket();
    packet.v6 = random.nextBoolean();
    packet.tcp = random.nextInt(3) > 0;
    packet.sourceHost = 1 + random.nextInt(3);
    packet.destinationHost = 1 + random.nextInt(3);
    packet.sourcePort = random.nextInt(65_536);
    packet.destinationPort = random.nextInt(65_536);
    packet.trafficClass = random.nextInt(256);
    packet.flowLabel = random.nextInt(1 << 20);
    packet.ttl = 1 + random.nextInt(255);
    // Near the end of the numbers, ids and sequences wrap within a super-packet.
    packet.id = random.nextInt(4) == 0 ? 65_535 - random.nextInt(10) : random.nextInt(65_536);
    packet.fragment = random.nextBoolean() ? 0x4000 : 0;
    packet.sequence = random.nextInt(4) == 0 ? -1 - random.nextInt(2_000) : random.nextInt();
    packet.acknowledgment = random.nextInt();
    packet.window = random.nextInt(65_536);
    packet.urgent = random.nextInt(10) == 0 ? random.nextInt(65_536) : 0;
    packet.options = randomBytes(random.nextBoolean() ? 12 : 4 * random.nextInt(11));
    packet.ipOptions =
        random.nextInt(10) == 0 && !packet.v6
            ? randomBytes(4 * random.nextInt(11))
            : packet.ipOptions;
    packet.extension = random.nextInt(10) == 0 && packet.v6 ? extension(packet) : packet.extension;
    packet.flags =
        random.nextInt(4) == 0 ? random.nextInt(256) : (random.nextBoolean() ? 0x18 : 0x10);
    return packet;
  }

  /** Destination options of one padding that fills them (RFC 8200 4.2). */
  private byte[] extension(TestPacket packet) {
    byte[] bytes = new byte[8 + 8 * random.nextInt(4)];
    bytes[0] = (byte) packet.protocol();
    bytes[1] = (byte) (bytes.length / 8 - 1);
    bytes[2] = 1;
    bytes[3] = (byte) (bytes.length - 4);
    return bytes;
  }

  private byte[] randomPayload() {
    int most = random.nextInt(100) == 0 ? 40_000 : 600;
    return randomBytes(1 + random.nextInt(most));
  }

  /** So that there are few enough segments for the twins. */
  private int gsoSize(int payload) {
    int segments = 1 + random.nextInt(random.nextInt(20) == 0 ? 80 : 10);
    return 1 + payload / segments + random.nextInt(4);
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private List<byte[]> splitAgain() {
    return written.stream().flatMap(write -> NaiveSplitter.split(write).stream()).toList();
  }

  /** With DF the IPv4 id means nothing, so it is left out there. */
  private static Map<String, List<String>> byFlow(List<byte[]> packets) {
    Map<String, List<String>> flows = new TreeMap<>();
    for (byte[] bytes : packets) {
      TestPacket packet = TestPacket.parse(bytes, 0);
      if (packet.fragment == 0x4000) {
        packet.id = 0;
      }
      flows
          .computeIfAbsent(packet.flow(), flow -> new ArrayList<>())
          .add(HexFormat.of().formatHex(packet.bytes()));
    }
    return flows;
  }

  private static void assertSame(List<byte[]> expected, List<byte[]> actual) {
    assertEquals(
        expected.stream().map(bytes -> bytes.length).toList(),
        actual.stream().map(bytes -> bytes.length).toList());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), actual.get(i), "number " + i);
    }
  }
}
