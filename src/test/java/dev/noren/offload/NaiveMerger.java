package dev.noren.offload;

import java.util.ArrayList;
import java.util.List;

/**
 * The coalescer's twin: keeps lists of packets, and builds a super-packet from fields. For packets
 * with right checksums only.
 */
final class NaiveMerger {
  private final int flows;
  private final List<List<TestPacket>> open = new ArrayList<>();
  final List<byte[]> written = new ArrayList<>();

  NaiveMerger(int flows) {
    this.flows = flows;
  }

  void add(byte[] bytes) {
    TestPacket packet = TestPacket.parse(bytes, 0);
    boolean isFragment = !packet.v6 && (packet.fragment & 0x3fff) != 0;
    if (isFragment || packet.extension.length > 0) {
      for (List<TestPacket> waiting : List.copyOf(open)) {
        TestPacket first = waiting.get(0);
        if (first.v6 == packet.v6
            && first.sourceHost == packet.sourceHost
            && first.destinationHost == packet.destinationHost) {
          write(waiting);
        }
      }
      writeAlone(bytes);
      return;
    }
    for (List<TestPacket> waiting : List.copyOf(open)) {
      if (waiting.get(0).flow().equals(packet.flow())) {
        if (isMergeable(packet) && follows(waiting, packet)) {
          waiting.add(packet);
          open.remove(waiting);
          open.add(waiting);
          if (isPushed(packet) || packet.payload.length < waiting.get(0).payload.length) {
            write(waiting);
          }
          return;
        }
        write(waiting);
      }
    }
    if (!isMergeable(packet) || isPushed(packet)) {
      writeAlone(bytes);
      return;
    }
    if (open.size() == flows) {
      write(open.get(0));
    }
    open.add(new ArrayList<>(List.of(packet)));
  }

  void flush() {
    List.copyOf(open).forEach(this::write);
  }

  private static boolean isMergeable(TestPacket packet) {
    boolean plain = packet.v6 || (packet.ipOptions.length == 0 && packet.fragment < 0x8000);
    boolean data = packet.payload.length > 0;
    return plain
        && data
        && !packet.unsummed
        && (!packet.tcp || ((packet.flags & ~8) == 0x10 && packet.reserved == 0));
  }

  private static boolean isPushed(TestPacket packet) {
    return packet.tcp && (packet.flags & 8) != 0;
  }

  private static boolean follows(List<TestPacket> waiting, TestPacket next) {
    TestPacket first = waiting.get(0);
    int payload = waiting.stream().mapToInt(packet -> packet.payload.length).sum();
    return first.sameness().equals(next.sameness())
        && next.payload.length <= first.payload.length
        && first.headerBytes() + payload + next.payload.length <= 65_535
        && (first.v6 || first.fragment != 0 || next.id == (first.id + waiting.size() & 0xffff))
        && (first.tcp ? next.sequence == first.sequence + payload : waiting.size() < 64);
  }

  private void write(List<TestPacket> waiting) {
    open.remove(waiting);
    if (waiting.size() == 1) {
      writeAlone(waiting.get(0).bytes());
      return;
    }
    int payload = waiting.stream().mapToInt(packet -> packet.payload.length).sum();
    byte[] joined = new byte[payload];
    int at = 0;
    for (TestPacket packet : waiting) {
      System.arraycopy(packet.payload, 0, joined, at, packet.payload.length);
      at += packet.payload.length;
    }
    TestPacket whole = waiting.get(0).with(joined);
    whole.flags |= waiting.get(waiting.size() - 1).flags;
    written.add(whole.asSuper(waiting.get(0).payload.length));
  }

  private void writeAlone(byte[] packet) {
    byte[] all = new byte[10 + packet.length];
    System.arraycopy(packet, 0, all, 10, packet.length);
    written.add(all);
  }
}
