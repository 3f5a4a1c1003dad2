package dev.noren.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChecksumTest {
  /** The numerical example of RFC 1071, section 3. */
  @Test
  void theExampleOfTheRfc() {
    byte[] bytes = HexFormat.of().parseHex("0001f203f4f5f6f7");
    assertEquals(0xddf2, Checksum.fold(Checksum.sum(bytes, 0, 8, 0)));
    assertEquals(0x220d, Checksum.of(bytes, 0, 8, 0));
  }

  @Test
  void anOddLastByteIsTheHighHalf() {
    byte[] bytes = {0x12, 0x34, 0x56, 0x78};
    assertEquals(0x1234 + 0x5600, Checksum.sum(bytes, 0, 3, 0));
    assertEquals(0x1200 + 5, Checksum.sum(bytes, 0, 1, 5));
    assertEquals(5, Checksum.sum(bytes, 4, 0, 5));
  }

  @Test
  void everyLengthAndOffsetAgreesWithTheNaiveSum() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = new byte[4096];
    for (int round = 0; round < 20_000; round++) {
      int length = round < 300 ? round : random.nextInt(round % 100 == 0 ? 3000 : 200);
      int offset = random.nextInt(64);
      long start = random.nextLong(1L << (8 + random.nextInt(40)));
      if (round % 100 == 0) {
        random.nextBytes(bytes);
      } else if (round % 100 == 90) {
        Arrays.fill(bytes, (byte) (random.nextBoolean() ? -1 : 0));
      }
      int expected = naive(bytes, offset, length, start);
      String where = "seed " + seed + ", " + length + " bytes at " + offset + " from " + start;
      assertEquals(expected, Checksum.fold(Checksum.sum(bytes, offset, length, start)), where);
      assertEquals(~expected & 0xffff, Checksum.of(bytes, offset, length, start), where);
    }
  }

  /** The longest there is, of the largest words: no carry may be lost. */
  @Test
  void theLargestSumDoesNotOverflow() {
    byte[] bytes = new byte[65_536];
    Arrays.fill(bytes, (byte) -1);
    assertEquals(0xffff, Checksum.fold(Checksum.sum(bytes, 0, bytes.length, 0)));
    bytes[65_535] = (byte) 0xfe;
    assertEquals(0xfffe, Checksum.fold(Checksum.sum(bytes, 0, bytes.length, 0)));
  }

  @Test
  void neverReadsOutside() {
    assertThrows(IndexOutOfBoundsException.class, () -> Checksum.sum(new byte[15], 0, 16, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> Checksum.sum(new byte[16], 9, 8, 0));
  }

  private static int naive(byte[] bytes, int offset, int length, long start) {
    long sum = start;
    for (int i = 0; i < length; i++) {
      sum += (bytes[offset + i] & 0xff) << (i % 2 == 0 ? 8 : 0);
    }
    while (sum > 0xffff) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return (int) sum;
  }
}
