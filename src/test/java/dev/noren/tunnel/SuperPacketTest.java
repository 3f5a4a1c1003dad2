package dev.noren.tunnel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.net.Bytes;
import dev.noren.offload.Corruption;
import dev.noren.offload.NaiveSplitter;
import dev.noren.offload.TestPacket;
import dev.noren.protocol.Limits;
import dev.noren.protocol.message.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What two whole tunnels do with packets of one flow, that go and come many at a time. */
class SuperPacketTest extends OffloadsOnAndOff {
  private static final int WAIT_MS = 5_000;
  private static final int DF = 0x4000;

  /** Sends packets, and lets the far end find all of them at one look. */
  private static List<byte[]> carry(TunnelPair pair, List<byte[]> packets) {
    int before = pair.net.count(Transport.TYPE);
    pair.net.cork();
    packets.forEach(pair.tunA::send);
    assertTrue(
        TunnelPair.eventually(() -> pair.net.count(Transport.TYPE) == before + packets.size()),
        () -> "not sent: drops " + pair.a.drops());
    pair.net.uncork();
    List<byte[]> arrived = new ArrayList<>();
    for (int i = 0; i < packets.size(); i++) {
      byte[] packet = pair.tunB.receive(WAIT_MS);
      assertNotNull(packet, () -> "only " + arrived.size() + ", drops " + pair.b.drops());
      arrived.add(packet);
    }
    return arrived;
  }

  private static void assertSame(List<byte[]> expected, List<byte[]> actual, String note) {
    assertEquals(expected.size(), actual.size(), note);
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), actual.get(i), note + ", packet " + i);
    }
  }

  @Test
  void aCorruptPacketLeavesTheTunnelAsItEnteredAmongNeighboursThatMerge() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      pair.ping();
      for (Corruption corruption : Corruption.all()) {
        int merged = pair.tunB.mergedWrites();
        List<byte[]> packets = corruption.packets();
        assertSame(packets, carry(pair, packets), corruption.toString());
        int most = Corruption.PACKETS;
        int runs = (corruption.which() > 1 ? 1 : 0) + (corruption.which() < most - 2 ? 1 : 0);
        assertEquals(on ? runs : 0, pair.tunB.mergedWrites() - merged, corruption.toString());
      }
    }
  }

  @Test
  void superPacketsOfAnyKindArriveAsTheirSegments() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      pair.ping();
      Random random = new Random(7);
      for (int i = 0; i < 200; i++) {
        byte[] read = randomSuper(random);
        pair.tunA.sendSuper(read);
        for (byte[] segment : NaiveSplitter.split(read)) {
          assertArrayEquals(segment, pair.tunB.receive(WAIT_MS), "number " + i);
        }
      }
      assertNull(pair.tunB.receive(0));
    }
  }

  @Test
  void aSuperPacketThatWaitsForTheHandshakeArrivesAsItsSegments() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      byte[] read = new TestPacket().with(60_000, 3).asSuper(1000);
      pair.tunA.sendSuper(read);
      for (byte[] segment : NaiveSplitter.split(read)) {
        assertArrayEquals(segment, pair.tunB.receive(WAIT_MS));
      }
    }
  }

  @Test
  void segmentsSurviveLossDuplicationReorderingAndCorruptionOutside() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (TunnelPair pair = TunnelPair.create(Limits.WHITEPAPER, seed)) {
      pair.ping();
      pair.net.trouble(5, 5, 5, 5);
      List<String> sent = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        byte[] read = randomSuper(random);
        pair.tunA.sendSuper(read);
        NaiveSplitter.split(read).forEach(segment -> sent.add(withoutId(segment)));
      }
      pair.calm();
      List<String> arrived = new ArrayList<>();
      for (byte[] each = pair.tunB.receive(0); each != null; each = pair.tunB.receive(0)) {
        arrived.add(withoutId(each));
      }
      String note = arrived.size() + " of " + sent.size() + " arrived, seed " + seed;
      assertTrue(arrived.size() > sent.size() * 0.8 && arrived.size() < sent.size(), note);
      assertEquals(arrived.size(), arrived.stream().distinct().count(), "twice, " + note);
      arrived.removeAll(sent);
      assertEquals(List.of(), arrived, "changed, " + note);
    }
  }

  @Test
  void whatTheInterfaceDoesNotTakeIsCountedPacketByPacket() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      pair.ping();
      int before = pair.net.count(Transport.TYPE);
      pair.tunB.refuse();
      pair.net.cork();
      pair.tunA.sendSuper(new TestPacket().with(10_500, 3).asSuper(1000));
      pair.tunA.send(pair.packet("10.0.0.1", "10.0.0.2", 100));
      assertTrue(TunnelPair.eventually(() -> pair.net.count(Transport.TYPE) == before + 12));
      pair.net.uncork();
      pair.calm();
      assertNull(pair.tunB.receive(0));
      assertEquals(12, pair.b.drops().get(Drop.TUN_WRITE));
    }
  }

  /** With DF the IPv4 id means nothing (RFC 6864), and merging numbers anew what has a gap. */
  private static String withoutId(byte[] packet) {
    byte[] copy = packet.clone();
    if (packet[0] == 0x45 && Bytes.uint16(packet, 6) == DF) {
      Bytes.putInt16(copy, 4, 0);
      Bytes.putInt16(copy, 10, 0);
    }
    return HexFormat.of().formatHex(copy);
  }

  /** Of up to 64 segments that are no longer than the MTU; different from any other. */
  private static byte[] randomSuper(Random random) {
    TestPacket packet = new TestPacket();
    packet.v6 = random.nextBoolean();
    packet.tcp = random.nextBoolean();
    packet.sourcePort = random.nextInt(65_536);
    packet.sequence = random.nextInt();
    packet.fragment = random.nextBoolean() ? DF : 0;
    packet.id = random.nextInt(65_536);
    int each = 20 + random.nextInt(1340);
    byte[] payload = new byte[1 + random.nextInt(Math.min(64 * each, 60_000))];
    random.nextBytes(payload);
    return packet.with(payload).asSuper(each);
  }
}
