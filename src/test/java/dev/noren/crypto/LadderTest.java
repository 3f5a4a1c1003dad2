package dev.noren.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LadderTest {
  private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final int SMALL_NUMBERS = 40;

  private final Random random = new Random(25519);

  @Test
  void itIsRightAndInUseWhereTheProcessorIsMadeForIt() {
    assertTrue(Ladder.isRight());
    assertEquals(System.getProperty("os.arch").contains("64"), DiffieHellman.isOwn());
  }

  private byte[] scalar() {
    byte[] scalar = new byte[32];
    random.nextBytes(scalar);
    scalar[0] &= (byte) 248;
    scalar[31] &= 127;
    scalar[31] |= 64;
    return scalar;
  }

  private void assertAgrees(byte[] scalar, byte[] u) {
    byte[] expected = new byte[32];
    X25519.scalarMult(scalar, 0, u, 0, expected, 0);
    byte[] out = new byte[32];
    Arrays.fill(out, (byte) 7);
    Ladder.multiply(scalar, u, out);
    assertArrayEquals(expected, out, () -> HexFormat.of().formatHex(u));
  }

  @Test
  void agreesWithBouncyCastleOnRandomPoints() {
    byte[] u = new byte[32];
    for (int i = 0; i < 3_000; i++) {
      random.nextBytes(u);
      assertAgrees(scalar(), u);
    }
  }

  /** Around 0, the prime, twice the prime and 2^255, each also with the bit that does not count. */
  @Test
  void agreesWithBouncyCastleAtTheEdges() {
    BigInteger top = BigInteger.TWO.pow(255);
    for (BigInteger edge : new BigInteger[] {BigInteger.ZERO, PRIME, top}) {
      for (int i = -SMALL_NUMBERS; i <= SMALL_NUMBERS; i++) {
        BigInteger u = edge.add(BigInteger.valueOf(i));
        if (u.signum() >= 0 && u.compareTo(top) < 0) {
          byte[] bytes = bytes(u);
          assertAgrees(scalar(), bytes);
          bytes[31] |= (byte) 128;
          assertAgrees(scalar(), bytes);
        }
      }
    }
    for (int bit = 0; bit < 256; bit++) {
      byte[] u = new byte[32];
      u[bit / 8] |= (byte) (1 << bit % 8);
      assertAgrees(scalar(), u);
    }
  }

  @Test
  void pointsOfLowOrderGiveZeros() {
    HexFormat hex = HexFormat.of();
    for (String u :
        new String[] {
          "00".repeat(32),
          "01" + "00".repeat(31),
          "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
          "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
          "ec" + "ff".repeat(30) + "7f",
          "ed" + "ff".repeat(30) + "7f",
          "ee" + "ff".repeat(30) + "ff",
        }) {
      byte[] out = new byte[32];
      Arrays.fill(out, (byte) 7);
      Ladder.multiply(scalar(), hex.parseHex(u), out);
      assertArrayEquals(new byte[32], out, u);
    }
  }

  /** What stands in them gives away bits of the scalar. */
  @Test
  void nothingOfAScalarIsLeft() throws Exception {
    Ladder ladder = new Ladder();
    int numbers = countZeros(ladder);
    ladder.run(scalar(), bytes(BigInteger.valueOf(9)), new byte[32]);
    assertTrue(numbers > 9, numbers + " numbers");
    assertEquals(numbers, countZeros(ladder));
  }

  /** The numbers in it, and in what it uses, that are 0; and they must not be anything else. */
  private static int countZeros(Object object) throws IllegalAccessException {
    int count = 0;
    for (Field field : object.getClass().getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers())) {
        continue;
      }
      field.setAccessible(true);
      if (field.get(object) instanceof long[] number) {
        assertArrayEquals(new long[Field25519.LIMBS], number, field.getName());
        count++;
      } else {
        count += countZeros(field.get(object));
      }
    }
    return count;
  }

  /** RFC 7748 section 5.2, the iterated test to its end; a minute. */
  @Test
  @Tag("soak")
  void multipliesAMillionTimes() {
    byte[] k = new byte[32];
    k[0] = 9;
    byte[] u = k.clone();
    byte[] out = new byte[32];
    for (int i = 0; i < 1_000_000; i++) {
      byte[] clamped = PrivateKey.of(k).bytes();
      Ladder.multiply(clamped, u, out);
      u = k;
      k = out.clone();
    }
    assertEquals(
        "7c3911e0ab2586fd864497297e575e6f3bc601c0883c30df5f4dd2d24f665424",
        HexFormat.of().formatHex(k));
  }

  /** The greatest limbs that a factor may have, and the least, in every place. */
  @Test
  void theFieldAgreesWithBigNumbersUpToItsLimits() {
    for (int i = 0; i < 20_000; i++) {
      long[] a = limbs(53);
      long[] b = limbs(53);
      long[] out = new long[Field25519.LIMBS];
      Field25519.multiply(a, b, out);
      assertReduced(number(a).multiply(number(b)), out);
      Field25519.square(a, out);
      assertReduced(number(a).pow(2), out);
      long small = random.nextInt(1 << 17);
      Field25519.multiply(a, small, out);
      assertReduced(number(a).multiply(BigInteger.valueOf(small)), out);
    }
  }

  @Test
  void theFieldInvertsSubtractsAndSwaps() {
    Inversion25519 inversion = new Inversion25519();
    long[] out = new long[Field25519.LIMBS];
    for (int i = 0; i < 500; i++) {
      long[] a = limbs(51);
      long[] b = limbs(51);
      inversion.invert(a, out);
      assertReduced(number(a).modPow(PRIME.subtract(BigInteger.TWO), PRIME), out);
      Field25519.subtract(a, b, out);
      assertSame(number(a).subtract(number(b)), out);
      for (long limb : out) {
        assertTrue(limb >= 0 && limb < 1L << 53, Arrays.toString(out));
      }
      Field25519.add(a, b, out);
      assertSame(number(a).add(number(b)), out);
      BigInteger before = number(a);
      Field25519.swapIf(0, a, b);
      assertEquals(before, number(a));
      Field25519.swapIf(1, a, b);
      assertEquals(before, number(b));
    }
  }

  private static void assertReduced(BigInteger expected, long[] limbs) {
    for (long limb : limbs) {
      assertTrue(limb >= 0 && limb < (1L << 51) + (1L << 16), Arrays.toString(limbs));
    }
    assertSame(expected, limbs);
  }

  private static void assertSame(BigInteger expected, long[] limbs) {
    assertEquals(expected.mod(PRIME), number(limbs).mod(PRIME));
    byte[] encoded = new byte[32];
    long[] reduced = new long[Field25519.LIMBS];
    Field25519.multiply(limbs, 1, reduced);
    Field25519.encode(reduced, encoded);
    assertArrayEquals(bytes(expected.mod(PRIME)), encoded);
  }

  private long[] limbs(int bits) {
    long[] limbs = new long[Field25519.LIMBS];
    long most = (1L << bits) - 1;
    for (int i = 0; i < limbs.length; i++) {
      limbs[i] =
          switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1, 2 -> most;
            default -> random.nextLong() & most;
          };
    }
    return limbs;
  }

  private static BigInteger number(long[] limbs) {
    BigInteger sum = BigInteger.ZERO;
    for (int i = limbs.length - 1; i >= 0; i--) {
      sum = sum.shiftLeft(51).add(BigInteger.valueOf(limbs[i]));
    }
    return sum;
  }

  private static byte[] bytes(BigInteger number) {
    byte[] out = new byte[32];
    for (int i = 0; i < out.length; i++) {
      out[i] = number.shiftRight(8 * i).byteValue();
    }
    return out;
  }
}
