package dev.noren.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Uses the room as the tunnel's loops do. */
final class Harness {
  private static final byte CANARY = 0x5a;

  private Harness() {}

  /** Splits in bunches of at most this many, and sees that nothing beside the packets changes. */
  static List<byte[]> split(Segmenter segmenter, byte[] read, int bunch) {
    // Arrays of just the size that is needed, so that a step outside throws.
    if (!segmenter.begin(read, 0, read.length, 65_535)) {
      return List.of();
    }
    int headroom = 3;
    int stride = segmenter.maxLength() + 5;
    int first = 2;
    int[] lengths = new int[first + bunch];
    List<byte[]> packets = new ArrayList<>();
    int total = segmenter.remaining();
    while (segmenter.remaining() > 0) {
      int expected = Math.min(bunch, segmenter.remaining());
      byte[] out = new byte[headroom + stride * expected - 5];
      Arrays.fill(out, CANARY);
      assertEquals(expected, segmenter.next(out, headroom, stride, lengths, first, bunch));
      int clean = 0;
      for (int i = 0; i < expected; i++) {
        int at = headroom + i * stride;
        assertUntouched(out, clean, at);
        clean = at + lengths[first + i];
        packets.add(Arrays.copyOfRange(out, at, clean));
      }
      assertUntouched(out, clean, out.length);
    }
    assertEquals(0, segmenter.next(new byte[0], 0, 0, lengths, first, bunch));
    assertEquals(total, packets.size());
    return packets;
  }

  private static void assertUntouched(byte[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      assertTrue(out[i] == CANARY, "wrote beside the packets");
    }
  }

  /** A sink that keeps what is written. */
  static Coalescer.Sink keepIn(List<byte[]> written) {
    return (buffer, offset, length) ->
        written.add(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  /** Adds a packet as if it had been decrypted there, with padding and dirt in the slack. */
  static void add(Coalescer coalescer, byte[] packet, RandomGenerator random) {
    if (random.nextInt(8) == 0) {
      refuse(coalescer, random);
    }
    int padded = Math.min(packet.length + 15 & ~15, Coalescer.MAX_PACKET);
    int at = coalescer.reserve(padded);
    byte[] buffer = coalescer.buffer();
    Arrays.fill(buffer, at, at + padded + Coalescer.SLACK, (byte) random.nextInt());
    System.arraycopy(packet, 0, buffer, at, packet.length);
    coalescer.add(packet.length);
  }

  /** A place is taken, written to, and not added. */
  private static void refuse(Coalescer coalescer, RandomGenerator random) {
    int length = random.nextInt(300);
    int at = coalescer.reserve(length);
    Arrays.fill(coalescer.buffer(), at, at + length + Coalescer.SLACK, (byte) random.nextInt());
  }
}
