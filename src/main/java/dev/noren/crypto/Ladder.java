package dev.noren.crypto;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The multiplication of a point on Curve25519 (RFC 7748 section 5): a ladder whose steps are the
 * same for every bit of the scalar.
 */
final class Ladder {
  private static final int HIGHEST_BIT = 254;

  /** (486662 - 2) / 4. */
  private static final long A24 = 121_665;

  private final long[] x1 = new long[Field25519.LIMBS];
  private final long[] x2 = new long[Field25519.LIMBS];
  private final long[] z2 = new long[Field25519.LIMBS];
  private final long[] x3 = new long[Field25519.LIMBS];
  private final long[] z3 = new long[Field25519.LIMBS];
  private final long[] a = new long[Field25519.LIMBS];
  private final long[] b = new long[Field25519.LIMBS];
  private final long[] c = new long[Field25519.LIMBS];
  private final long[] d = new long[Field25519.LIMBS];

  private final Inversion25519 inversion = new Inversion25519();

  /**
   * Multiplies the point of this u-coordinate.
   *
   * @param scalar 32 bytes, clamped
   * @param u 32 bytes, any
   * @param out receives 32 bytes: zeros if the point is of low order
   */
  static void multiply(byte[] scalar, byte[] u, byte[] out) {
    new Ladder().run(scalar, u, out);
  }

  /** The same, once; nothing of the secret is left in this. */
  void run(byte[] scalar, byte[] u, byte[] out) {
    Field25519.decode(u, x1);
    climb(scalar);
    divide(out);
    wipe();
  }

  /** The scalar's multiple becomes x2 / z2. */
  private void climb(byte[] scalar) {
    x2[0] = 1;
    System.arraycopy(x1, 0, x3, 0, Field25519.LIMBS);
    z3[0] = 1;
    long swapped = 0;
    for (int place = HIGHEST_BIT; place >= 0; place--) {
      long bit = ((long) scalar[place >>> 3] >>> (place & 7)) & 1;
      Field25519.swapIf(swapped ^ bit, x2, x3);
      Field25519.swapIf(swapped ^ bit, z2, z3);
      swapped = bit;
      step();
    }
    Field25519.swapIf(swapped, x2, x3);
    Field25519.swapIf(swapped, z2, z3);
  }

  /** Doubles the one point and adds it to the other, in the RFC's order. */
  private void step() {
    Field25519.add(x2, z2, a);
    Field25519.subtract(x2, z2, b);
    Field25519.add(x3, z3, c);
    Field25519.subtract(x3, z3, d);
    Field25519.multiply(d, a, d);
    Field25519.multiply(c, b, c);
    Field25519.square(a, a);
    Field25519.square(b, b);
    Field25519.add(d, c, x3);
    Field25519.square(x3, x3);
    Field25519.subtract(d, c, z3);
    Field25519.square(z3, z3);
    Field25519.multiply(z3, x1, z3);
    Field25519.multiply(a, b, x2);
    Field25519.subtract(a, b, b);
    Field25519.multiply(b, A24, c);
    Field25519.add(c, a, c);
    Field25519.multiply(b, c, z2);
  }

  private void divide(byte[] out) {
    inversion.invert(z2, a);
    Field25519.multiply(x2, a, b);
    Field25519.encode(b, out);
  }

  private void wipe() {
    for (long[] number : new long[][] {x1, x2, z2, x3, z3, a, b, c, d}) {
      Arrays.fill(number, 0);
    }
    inversion.wipe();
  }

  /** Whether it gives a result of RFC 7748 section 5.2, and zeros for a point of low order. */
  static boolean isRight() {
    return gives(
            "4866e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba4d",
            "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
            "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957")
        && gives(
            "4866e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba4d",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0000000000000000000000000000000000000000000000000000000000000000");
  }

  private static boolean gives(String scalar, String u, String expected) {
    HexFormat hex = HexFormat.of();
    byte[] out = new byte[Field25519.SIZE];
    multiply(hex.parseHex(scalar), hex.parseHex(u), out);
    return Arrays.equals(out, hex.parseHex(expected));
  }
}
