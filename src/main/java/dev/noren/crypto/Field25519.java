package dev.noren.crypto;

import static java.lang.Math.multiplyHigh;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Arithmetic modulo 2^255 - 19 on five limbs of 51 bits, the least first. It takes the same time
 * whatever the numbers are: no branch and no place in memory depends on them.
 *
 * <p>A product of two limbs has more than 64 bits. Its part from bit 54 on is the high half of a
 * product of which one factor was shifted left by 10; these parts of several products add up
 * without a carry. So do, modulo 2^64, the products themselves; what the high parts leave of them
 * is a few times 2^54 at most, which is why the rest comes out right.
 *
 * <p>"Reduced" limbs are less than 2^51 + 2^16: what products and {@link #decode} give. Factors may
 * have limbs below 2^53: a sum or a difference of two reduced numbers, or of a reduced number and a
 * difference.
 */
final class Field25519 {
  /** Limbs in a number. */
  static final int LIMBS = 5;

  /** Bytes in an encoded number. */
  static final int SIZE = 32;

  private static final VarHandle INT64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BITS = 51;
  private static final long MASK = (1L << BITS) - 1;

  /** How far one factor is shifted before {@code multiplyHigh}: it stays below 2^63. */
  private static final int SHIFT = 10;

  /** The bit of a product from which the high half is. */
  private static final int HIGH_FROM = Long.SIZE - SHIFT;

  /** What 1 in the high half is, in the limb above. */
  private static final long UP = 1L << (HIGH_FROM - BITS);

  private Field25519() {}

  /** Reads 32 little-endian bytes, the highest bit of which does not count (RFC 7748 section 5). */
  static void decode(byte[] in, long[] out) {
    long word0 = (long) INT64.get(in, 0);
    long word1 = (long) INT64.get(in, 8);
    long word2 = (long) INT64.get(in, 16);
    long word3 = (long) INT64.get(in, 24);
    out[0] = word0 & MASK;
    out[1] = ((word0 >>> 51) | (word1 << 13)) & MASK;
    out[2] = ((word1 >>> 38) | (word2 << 26)) & MASK;
    out[3] = ((word2 >>> 25) | (word3 << 39)) & MASK;
    out[4] = (word3 >>> 12) & MASK;
  }

  /** Writes a reduced number as 32 little-endian bytes, as the least number that is equal to it. */
  static void encode(long[] a, byte[] out) {
    long a0 = a[0];
    long a1 = a[1];
    long a2 = a[2];
    long a3 = a[3];
    long a4 = a[4];
    // After two rounds every limb is below 2^51, but the number may still be the prime or more.
    for (int round = 0; round < 2; round++) {
      a1 += a0 >>> BITS;
      a2 += a1 >>> BITS;
      a3 += a2 >>> BITS;
      a4 += a3 >>> BITS;
      a0 = (a0 & MASK) + 19 * (a4 >>> BITS);
      a1 &= MASK;
      a2 &= MASK;
      a3 &= MASK;
      a4 &= MASK;
    }
    // It is, just if adding 19 carries out of the top: then the prime is taken away.
    long carry = (a0 + 19) >>> BITS;
    carry = (a1 + carry) >>> BITS;
    carry = (a2 + carry) >>> BITS;
    carry = (a3 + carry) >>> BITS;
    carry = (a4 + carry) >>> BITS;
    a0 += 19 * carry;
    a1 += a0 >>> BITS;
    a2 += a1 >>> BITS;
    a3 += a2 >>> BITS;
    a4 += a3 >>> BITS;
    a0 &= MASK;
    a1 &= MASK;
    a2 &= MASK;
    a3 &= MASK;
    a4 &= MASK;
    INT64.set(out, 0, a0 | (a1 << 51));
    INT64.set(out, 8, (a1 >>> 13) | (a2 << 38));
    INT64.set(out, 16, (a2 >>> 26) | (a3 << 25));
    INT64.set(out, 24, (a3 >>> 39) | (a4 << 12));
  }

  /** a + b; not reduced. */
  static void add(long[] a, long[] b, long[] out) {
    out[4] = a[4] + b[4];
    out[3] = a[3] + b[3];
    out[2] = a[2] + b[2];
    out[1] = a[1] + b[1];
    out[0] = a[0] + b[0];
  }

  /** a - b, where b is reduced; not reduced. Twice the prime keeps the limbs positive. */
  static void subtract(long[] a, long[] b, long[] out) {
    out[4] = a[4] + 2 * MASK - b[4];
    out[3] = a[3] + 2 * MASK - b[3];
    out[2] = a[2] + 2 * MASK - b[2];
    out[1] = a[1] + 2 * MASK - b[1];
    out[0] = a[0] + 2 * (MASK - 18) - b[0];
  }

  /** Swaps two numbers if {@code bit} is 1, and does as much if it is 0. */
  static void swapIf(long bit, long[] a, long[] b) {
    long all = -bit;
    for (int i = 0; i < LIMBS; i++) {
      long change = all & (a[i] ^ b[i]);
      a[i] ^= change;
      b[i] ^= change;
    }
  }

  /** a * b, reduced. */
  static void multiply(long[] a, long[] b, long[] out) {
    long a4 = a[4];
    long a3 = a[3];
    long a2 = a[2];
    long a1 = a[1];
    long a0 = a[0];
    long b4 = b[4];
    long b3 = b[3];
    long b2 = b[2];
    long b1 = b[1];
    long b0 = b[0];
    // What would stand at 2^255 or above comes in at the bottom, times 19.
    long c1 = 19 * b1;
    long c2 = 19 * b2;
    long c3 = 19 * b3;
    long c4 = 19 * b4;
    long p0 = a0 * b0 + a1 * c4 + a2 * c3 + a3 * c2 + a4 * c1;
    long p1 = a0 * b1 + a1 * b0 + a2 * c4 + a3 * c3 + a4 * c2;
    long p2 = a0 * b2 + a1 * b1 + a2 * b0 + a3 * c4 + a4 * c3;
    long p3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + a4 * c4;
    long p4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0;
    long s0 = a0 << SHIFT;
    long s1 = a1 << SHIFT;
    long s2 = a2 << SHIFT;
    long s3 = a3 << SHIFT;
    long s4 = a4 << SHIFT;
    long h0 =
        multiplyHigh(s0, b0)
            + multiplyHigh(s1, c4)
            + multiplyHigh(s2, c3)
            + multiplyHigh(s3, c2)
            + multiplyHigh(s4, c1);
    long h1 =
        multiplyHigh(s0, b1)
            + multiplyHigh(s1, b0)
            + multiplyHigh(s2, c4)
            + multiplyHigh(s3, c3)
            + multiplyHigh(s4, c2);
    long h2 =
        multiplyHigh(s0, b2)
            + multiplyHigh(s1, b1)
            + multiplyHigh(s2, b0)
            + multiplyHigh(s3, c4)
            + multiplyHigh(s4, c3);
    long h3 =
        multiplyHigh(s0, b3)
            + multiplyHigh(s1, b2)
            + multiplyHigh(s2, b1)
            + multiplyHigh(s3, b0)
            + multiplyHigh(s4, c4);
    long h4 =
        multiplyHigh(s0, b4)
            + multiplyHigh(s1, b3)
            + multiplyHigh(s2, b2)
            + multiplyHigh(s3, b1)
            + multiplyHigh(s4, b0);
    reduce(p0, p1, p2, p3, p4, h0, h1, h2, h3, h4, out);
  }

  /** a * a, reduced. */
  static void square(long[] a, long[] out) {
    long a4 = a[4];
    long a3 = a[3];
    long a2 = a[2];
    long a1 = a[1];
    long a0 = a[0];
    long c3 = 19 * a3;
    long c4 = 19 * a4;
    long p0 = a0 * a0 + 2 * (a1 * c4 + a2 * c3);
    long p1 = a3 * c3 + 2 * (a0 * a1 + a2 * c4);
    long p2 = a1 * a1 + 2 * (a0 * a2 + a3 * c4);
    long p3 = a4 * c4 + 2 * (a0 * a3 + a1 * a2);
    long p4 = a2 * a2 + 2 * (a0 * a4 + a1 * a3);
    long s0 = a0 << SHIFT;
    long s1 = a1 << SHIFT;
    long s2 = a2 << SHIFT;
    long s3 = a3 << SHIFT;
    long s4 = a4 << SHIFT;
    long h0 = multiplyHigh(s0, a0) + 2 * (multiplyHigh(s1, c4) + multiplyHigh(s2, c3));
    long h1 = multiplyHigh(s3, c3) + 2 * (multiplyHigh(s0, a1) + multiplyHigh(s2, c4));
    long h2 = multiplyHigh(s1, a1) + 2 * (multiplyHigh(s0, a2) + multiplyHigh(s3, c4));
    long h3 = multiplyHigh(s4, c4) + 2 * (multiplyHigh(s0, a3) + multiplyHigh(s1, a2));
    long h4 = multiplyHigh(s2, a2) + 2 * (multiplyHigh(s0, a4) + multiplyHigh(s1, a3));
    reduce(p0, p1, p2, p3, p4, h0, h1, h2, h3, h4, out);
  }

  /** a * n, reduced, for n below 2^17. */
  static void multiply(long[] a, long n, long[] out) {
    long h0 = multiplyHigh(a[0] << SHIFT, n);
    long h1 = multiplyHigh(a[1] << SHIFT, n);
    long h2 = multiplyHigh(a[2] << SHIFT, n);
    long h3 = multiplyHigh(a[3] << SHIFT, n);
    long h4 = multiplyHigh(a[4] << SHIFT, n);
    reduce(a[0] * n, a[1] * n, a[2] * n, a[3] * n, a[4] * n, h0, h1, h2, h3, h4, out);
  }

  /**
   * Carries.
   *
   * @param p0 the sum of the products at the lowest limb, modulo 2^64; and so on
   * @param h0 the sum of their parts from bit 54 on, below 2^59; and so on
   */
  private static void reduce(
      long p0,
      long p1,
      long p2,
      long p3,
      long p4,
      long h0,
      long h1,
      long h2,
      long h3,
      long h4,
      long[] out) {
    long r0 = p0 - (h0 << HIGH_FROM) + 19 * UP * h4;
    long r1 = p1 - (h1 << HIGH_FROM) + UP * h0 + (r0 >>> BITS);
    long r2 = p2 - (h2 << HIGH_FROM) + UP * h1 + (r1 >>> BITS);
    long r3 = p3 - (h3 << HIGH_FROM) + UP * h2 + (r2 >>> BITS);
    long r4 = p4 - (h4 << HIGH_FROM) + UP * h3 + (r3 >>> BITS);
    out[4] = r4 & MASK;
    out[3] = r3 & MASK;
    out[2] = r2 & MASK;
    out[1] = r1 & MASK;
    out[0] = (r0 & MASK) + 19 * (r4 >>> BITS);
  }
}
