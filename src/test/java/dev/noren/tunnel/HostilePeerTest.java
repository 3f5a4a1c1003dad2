package dev.noren.tunnel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.net.Bytes;
import dev.noren.net.Checksum;
import dev.noren.net.IpAddress;
import dev.noren.offload.TestPacket;
import dev.noren.protocol.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A peer that has shaken hands, and then seals whatever does harm: inner packets with lies in their
 * headers, from others' addresses, corrupt in the midst of a flow. What it may send comes out as it
 * was sent, the rest is counted, and nothing else comes out.
 */
class HostilePeerTest extends OffloadsOnAndOff {
  private static final int ROUNDS = 400;
  private static final int PACKETS = 60;
  private static final int NUMBER = 3;
  private static final int OTHER = 4;
  private static final int MOST_BYTES = 1500;
  private static final IpAddress OWN_4 = IpAddress.parse("10.0.0." + NUMBER);
  private static final IpAddress OWN_6 = IpAddress.parse("fd00::" + NUMBER);

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private long bad;
  private long foreign;

  @Test
  void onlyWhatItMaySendComesOutAndAsItWasSent() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      Puppet puppet = pair.puppet(NUMBER);
      pair.b.apply(TunnelPair.peers(puppet.asPeer(null, OWN_6 + "/128")));
      puppet.shakeHands();
      for (int round = 0; round < ROUNDS; round++) {
        String note = "seed " + seed + ", round " + round;
        List<byte[]> sealed = hostilePackets();
        List<byte[]> expected = new ArrayList<>();
        pair.net.cork();
        for (byte[] plain : sealed) {
          pair.net.send(puppet.home, TunnelPair.B_OUTER, puppet.data(plain));
          judge(plain, expected);
        }
        pair.net.uncork();
        pair.calm();
        assertEquals(counted(expected), counted(takeAll(pair.tunB)), note);
        assertEquals(bad, pair.b.drops().get(Drop.BAD_INNER_PACKET), note);
        assertEquals(foreign, pair.b.drops().get(Drop.FOREIGN_SOURCE), note);
      }
      byte[] honest = puppet.packet(puppet.inner());
      puppet.send(puppet.data(honest));
      assertArrayEquals(honest, pair.tunB.receive(0), "seed " + seed);
    }
  }

  @Test
  void itsPacketsOfEveryLengthAreJudgedByWhatIsThere() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      Puppet puppet = pair.puppet(NUMBER);
      puppet.shakeHands();
      for (int length = 0; length <= MOST_BYTES; length++) {
        byte[] plain = Arrays.copyOf(pair.packet(puppet.inner(), "10.0.0.2", MOST_BYTES), length);
        if (length >= 4) {
          Bytes.putInt16(plain, 2, length);
        }
        List<byte[]> expected = new ArrayList<>();
        judge(plain, expected);
        pair.net.send(puppet.home, TunnelPair.B_OUTER, puppet.data(plain));
        pair.calm();
        assertEquals(counted(expected), counted(takeAll(pair.tunB)), "length " + length);
      }
      assertEquals(19, bad);
      assertEquals(bad, pair.b.drops().get(Drop.BAD_INNER_PACKET));
    }
  }

  /** What a receiver must make of a plaintext, by RFC 791 and RFC 8200 and nothing of ours. */
  private void judge(byte[] plain, List<byte[]> expected) {
    if (plain.length == 0) {
      return; // a keepalive
    }
    boolean v6 = plain[0] >>> 4 == 6;
    int header = v6 ? 40 : 20;
    int stated = 0;
    if (plain.length >= header && (v6 || plain[0] >>> 4 == 4)) {
      stated = v6 ? 40 + Bytes.uint16(plain, 4) : Bytes.uint16(plain, 2);
    }
    if (stated < header || stated > plain.length) {
      bad++;
      return;
    }
    byte[] own = (v6 ? OWN_6 : OWN_4).toBytes();
    int at = v6 ? 8 : 12;
    if (Arrays.equals(own, 0, own.length, plain, at, at + own.length)) {
      expected.add(Arrays.copyOf(plain, stated));
    } else {
      foreign++;
    }
  }

  private static List<byte[]> takeAll(MemoryTun tun) {
    List<byte[]> all = new ArrayList<>();
    for (byte[] each = tun.receive(0); each != null; each = tun.receive(0)) {
      all.add(each);
    }
    return all;
  }

  private static Map<String, Integer> counted(List<byte[]> packets) {
    Map<String, Integer> counts = new TreeMap<>();
    packets.forEach(packet -> counts.merge(asSeen(packet), 1, Integer::sum));
    return counts;
  }

  /**
   * With DF the IPv4 id means nothing (RFC 6864), and merging numbers anew what has a gap; but only
   * where the header's checksum was right before.
   */
  private static String asSeen(byte[] packet) {
    byte[] copy = packet.clone();
    if (copy[0] == 0x45 && Bytes.uint16(copy, 6) == 0x4000 && Checksum.of(copy, 0, 20, 0) == 0) {
      Bytes.putInt16(copy, 4, 0);
      Bytes.putInt16(copy, 10, 0);
    }
    return HexFormat.of().formatHex(copy);
  }

  /** Packets of a few flows in turn, many of them bent in one way or another. */
  private List<byte[]> hostilePackets() {
    List<TestPacket> flows = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      TestPacket flow = new TestPacket();
      flow.v6 = random.nextBoolean();
      flow.tcp = random.nextInt(3) > 0;
      flow.sourceHost = NUMBER;
      flow.sourcePort = 1000 + i;
      flow.sequence = random.nextBoolean() ? -1 - random.nextInt(5_000) : random.nextInt();
      flow.fragment = random.nextBoolean() ? 0x4000 : 0;
      flow.id = random.nextInt(65_536);
      flow.payload = randomBytes(1 + random.nextInt(1300));
      flows.add(flow);
    }
    List<byte[]> packets = new ArrayList<>();
    int run = 1 + random.nextInt(PACKETS);
    TestPacket flow = flows.getFirst();
    for (int i = 0; i < PACKETS; i++) {
      if (random.nextInt(run) == 0) {
        flow = flows.get(random.nextInt(flows.size()));
      }
      packets.add(random.nextInt(3) > 0 ? flow.bytes() : bent(flow));
      flow.sequence += flow.payload.length;
      flow.id = flow.id + 1 & 0xffff;
      flow.payload = randomBytes(flow.payload.length);
    }
    return packets;
  }

  private byte[] bent(TestPacket flow) {
    byte[] bytes = flow.bytes();
    switch (random.nextInt(9)) {
      case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[random.nextInt(Math.min(60, bytes.length))] = (byte) random.nextInt();
      case 2 -> Bytes.putInt16(bytes, flow.v6 ? 4 : 2, random.nextInt(2 * bytes.length));
      case 3 -> Bytes.putInt16(bytes, flow.v6 ? 4 : 2, random.nextInt(65_536));
      case 4 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 5 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(64));
      case 6 -> bytes = randomBytes(random.nextInt(MOST_BYTES));
      case 7 -> {
        TestPacket others = flow.clone();
        others.sourceHost = OTHER;
        bytes = others.bytes();
      }
      default -> {
        // As if a segment of the flow came twice, early or in part: right sums, wrong place.
        TestPacket overlapping =
            flow.with(Math.max(1, flow.payload.length / 2), random.nextInt(256));
        overlapping.sequence += random.nextInt(3) - 1;
        overlapping.fragment |= random.nextBoolean() ? 0x2000 : 0;
        bytes = overlapping.bytes();
      }
    }
    return bytes;
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
