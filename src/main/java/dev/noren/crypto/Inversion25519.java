package dev.noren.crypto;

import java.util.Arrays;

/**
 * Division modulo 2^255 - 19, by Fermat: the inverse of a is a^(p-2), the exponent of which is all
 * ones but for its lowest bits. An object keeps powers of the number that it inverted last until it
 * is told to forget them.
 */
final class Inversion25519 {
  private final long[] t = new long[Field25519.LIMBS];
  private final long[] a11 = new long[Field25519.LIMBS];
  private final long[] e = new long[Field25519.LIMBS];
  private final long[] f = new long[Field25519.LIMBS];

  /** The number whose product with a reduced {@code a} is 1, or 0 for 0. */
  void invert(long[] a, long[] out) {
    Field25519.square(a, t); // a^2
    squares(t, 2, e); // a^8
    Field25519.multiply(e, a, e); // a^9
    Field25519.multiply(e, t, a11); // a^11
    Field25519.square(a11, t); // a^22
    Field25519.multiply(t, e, e); // a^(2^5-1)
    squares(e, 5, t);
    Field25519.multiply(t, e, e); // a^(2^10-1)
    squares(e, 10, t);
    Field25519.multiply(t, e, f); // a^(2^20-1)
    squares(f, 20, t);
    Field25519.multiply(t, f, t); // a^(2^40-1)
    squares(t, 10, t);
    Field25519.multiply(t, e, e); // a^(2^50-1)
    squares(e, 50, t);
    Field25519.multiply(t, e, f); // a^(2^100-1)
    squares(f, 100, t);
    Field25519.multiply(t, f, t); // a^(2^200-1)
    squares(t, 50, t);
    Field25519.multiply(t, e, t); // a^(2^250-1)
    squares(t, 5, t);
    Field25519.multiply(t, a11, out); // a^(2^255-21)
  }

  private static void squares(long[] a, int times, long[] out) {
    Field25519.square(a, out);
    for (int i = 1; i < times; i++) {
      Field25519.square(out, out);
    }
  }

  /** Forgets the powers. */
  void wipe() {
    for (long[] number : new long[][] {t, a11, e, f}) {
      Arrays.fill(number, 0);
    }
  }
}
