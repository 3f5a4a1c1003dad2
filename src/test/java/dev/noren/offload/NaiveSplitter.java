package dev.noren.offload;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The segmenter's twin: takes a super-packet apart into fields and builds each segment anew. */
public final class NaiveSplitter {
  private NaiveSplitter() {}

  /** The packets in what was read from, or is written to, a device with a vnet header. */
  public static List<byte[]> split(byte[] read) {
    ByteBuffer vnet = ByteBuffer.wrap(read).order(ByteOrder.nativeOrder());
    if ((vnet.get(1) & 0x7f) == 0) {
      byte[] packet = Arrays.copyOfRange(read, 10, read.length);
      if (vnet.get(0) == 1) {
        int start = vnet.getShort(6);
        int sum = ~NaiveSum.fold(packet, start, packet.length, 0) & 0xffff;
        ByteBuffer.wrap(packet)
            .putShort(start + vnet.getShort(8), (short) (sum == 0 ? 0xffff : sum));
      }
      return List.of(packet);
    }
    TestPacket whole = TestPacket.parse(read, 10);
    int gsoSize = vnet.getShort(4) & 0xffff;
    List<byte[]> packets = new ArrayList<>();
    for (int at = 0; at < whole.payload.length; at += gsoSize) {
      int to = Math.min(at + gsoSize, whole.payload.length);
      TestPacket segment = whole.with(Arrays.copyOfRange(whole.payload, at, to));
      segment.sequence += at;
      segment.id += packets.size();
      segment.flags &= to < whole.payload.length ? ~0x09 : ~0;
      segment.flags &= at > 0 ? ~0x80 : ~0;
      packets.add(segment.bytes());
    }
    return packets;
  }
}
