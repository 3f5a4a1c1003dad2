package dev.noren.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Poly1305Test {
  private static final HexFormat HEX = HexFormat.of();
  private static final BigInteger PRIME =
      BigInteger.ONE.shiftLeft(130).subtract(BigInteger.valueOf(5));
  private static final BigInteger CLAMP = new BigInteger("0ffffffc0ffffffc0ffffffc0fffffff", 16);

  static List<Poly1305> both() throws TierUnavailableException {
    return JdkPoly1305.PROBLEM == null
        ? List.of(new JdkPoly1305(), new OwnPoly1305())
        : List.of(new OwnPoly1305());
  }

  private record Vector(String r, String s, String text, String tag) {}

  /** RFC 8439 appendix A.3, those of whole blocks: 1 and 7 to 11 of the list there. */
  private static final List<Vector> VECTORS =
      List.of(
          new Vector(zeros(16), zeros(16), zeros(64), zeros(16)),
          new Vector("02" + zeros(15), zeros(16), ones(16), "03" + zeros(15)),
          new Vector("02" + zeros(15), ones(16), "02" + zeros(15), "03" + zeros(15)),
          new Vector(
              "01" + zeros(15),
              zeros(16),
              ones(16) + "f0" + ones(15) + "11" + zeros(15),
              "05" + zeros(15)),
          new Vector(
              "01" + zeros(15),
              zeros(16),
              ones(16) + "fb" + "fe".repeat(15) + "01".repeat(16),
              zeros(16)),
          new Vector("02" + zeros(15), zeros(16), "fd" + ones(15), "fa" + ones(15)),
          new Vector(
              "0100000000000000" + "0400000000000000",
              zeros(16),
              "e33594d7505e43b90000000000000000"
                  + "3394d7505e4379cd0100000000000000"
                  + zeros(16)
                  + "01"
                  + zeros(15),
              "1400000000000000" + "5500000000000000"),
          new Vector(
              "0100000000000000" + "0400000000000000",
              zeros(16),
              "e33594d7505e43b90000000000000000" + "3394d7505e4379cd0100000000000000" + zeros(16),
              "13" + zeros(15)));

  private static String zeros(int bytes) {
    return "00".repeat(bytes);
  }

  private static String ones(int bytes) {
    return "ff".repeat(bytes);
  }

  @ParameterizedTest
  @MethodSource("both")
  void theVectorsOfTheRfc(Poly1305 mac) {
    for (Vector vector : VECTORS) {
      byte[] text = HEX.parseHex(vector.text);
      mac.start(HEX.parseHex(vector.r + vector.s), 0);
      mac.blocks(text, 0, text.length);
      mac.end();
      byte[] tag = new byte[16];
      mac.write(tag, 0);
      assertEquals(vector.tag, HEX.formatHex(tag), "of " + vector);
      mac.wipe();
    }
  }

  /**
   * Compiled code, as far as the compiler is ready; with keys and texts at which carries run
   * furthest.
   */
  @ParameterizedTest
  @MethodSource("both")
  void agreesWithANaiveTwin(Poly1305 mac) {
    Random random = new Random(8439);
    byte[] longText = new byte[1500];
    for (int i = 0; i < 20_000; i++) {
      mac.start(longText, 0);
      mac.compute(longText, 0, i % 1500);
    }
    for (int i = 0; i < 3000; i++) {
      byte[] key = bytes(random, 32);
      byte[] text = bytes(random, random.nextInt(i % 8 == 0 ? 1500 : 200));
      mac.start(key, 0);
      mac.compute(text, 0, text.length);
      byte[] tag = new byte[16];
      mac.write(tag, 0);
      assertEquals(HEX.formatHex(naive(key, text)), HEX.formatHex(tag), "turn " + i);
      assertTrue(mac.matches(tag, 0));
      tag[random.nextInt(16)] ^= (byte) (1 << random.nextInt(8));
      assertFalse(mac.matches(tag, 0));
      mac.wipe();
    }
  }

  /** Sums at which each carry of the last reduction runs through to the end. */
  @ParameterizedTest
  @MethodSource("both")
  void everySumIsReduced(Poly1305 mac) {
    byte[] key = new byte[32];
    Arrays.fill(key, 16, 32, (byte) 1);
    long[] words = {0, 1, 4, 5, -6, -5, -4, -1};
    for (long h0 : words) {
      for (long h1 : words) {
        for (long h2 = 0; h2 < 8; h2++) {
          mac.start(key, 0);
          mac.sum(h0, h1, h2);
          byte[] tag = new byte[16];
          mac.write(tag, 0);
          byte[] low = new byte[16];
          ByteBuffer.wrap(low).order(ByteOrder.LITTLE_ENDIAN).putLong(h0).putLong(h1);
          BigInteger sum = number(low, 0).add(BigInteger.valueOf(h2).shiftLeft(128));
          BigInteger expected = sum.mod(PRIME).add(number(key, 16));
          assertEquals(
              expected.mod(BigInteger.ONE.shiftLeft(128)),
              number(tag, 0),
              h0 + " " + h1 + " " + h2);
        }
      }
    }
  }

  /** As the JDK's code may leave them, plain or vector code, in this version or the next. */
  @Test
  void limbsOfEitherSignAndTooLargeOnesAreCarried() throws Exception {
    Assumptions.assumeTrue(JdkPoly1305.PROBLEM == null);
    JdkPoly1305 mac = new JdkPoly1305();
    Field sum = JdkPoly1305.class.getDeclaredField("a");
    sum.setAccessible(true);
    long[] limbs = (long[]) sum.get(mac);
    long[] edges = {0, 1, -1, (1 << 26) - 1, 1 << 26, -(1 << 26), (1 << 28) - 1, -(1 << 28)};
    Random random = new Random(26);
    for (int i = 0; i < 5000; i++) {
      mac.start(new byte[32], 0);
      BigInteger expected = BigInteger.ZERO;
      for (int limb = 0; limb < limbs.length; limb++) {
        limbs[limb] = edges[random.nextInt(edges.length)];
        expected = expected.add(BigInteger.valueOf(limbs[limb]).shiftLeft(26 * limb));
      }
      String which = Arrays.toString(limbs);
      mac.end();
      byte[] tag = new byte[16];
      mac.write(tag, 0);
      BigInteger low = expected.mod(PRIME).mod(BigInteger.ONE.shiftLeft(128));
      assertEquals(low, number(tag, 0), which);
    }
  }

  /** Random, or only ones, or zeros with a few ones, in runs. */
  private static byte[] bytes(Random random, int size) {
    byte[] bytes = new byte[size];
    switch (random.nextInt(3)) {
      case 0 -> random.nextBytes(bytes);
      case 1 -> {
        Arrays.fill(bytes, (byte) -1);
        for (int i = 0; i < size; i += 1 + random.nextInt(24)) {
          bytes[i] -= (byte) random.nextInt(6);
        }
      }
      default -> {
        for (int i = 0; i < size; i += 1 + random.nextInt(24)) {
          bytes[i] = (byte) (random.nextInt(7) - 1);
        }
      }
    }
    return bytes;
  }

  /** RFC 8439 sections 2.5 and 2.8 in big numbers. */
  private static byte[] naive(byte[] key, byte[] text) {
    int padded = (text.length + 15) / 16 * 16;
    byte[] all = Arrays.copyOf(text, padded + 16);
    all[padded + 8] = (byte) text.length;
    all[padded + 9] = (byte) (text.length >> 8);
    BigInteger r = number(key, 0).and(CLAMP);
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < all.length; i += 16) {
      sum = sum.add(number(all, i)).add(BigInteger.ONE.shiftLeft(128)).multiply(r).mod(PRIME);
    }
    byte[] bigEndian = sum.add(number(key, 16)).toByteArray();
    byte[] tag = new byte[16];
    for (int i = 0; i < Math.min(16, bigEndian.length); i++) {
      tag[i] = bigEndian[bigEndian.length - 1 - i];
    }
    return tag;
  }

  private static BigInteger number(byte[] bytes, int offset) {
    byte[] bigEndian = new byte[16];
    for (int i = 0; i < 16; i++) {
      bigEndian[i] = bytes[offset + 15 - i];
    }
    return new BigInteger(1, bigEndian);
  }
}
