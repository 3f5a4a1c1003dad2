package dev.noren.crypto;

/**
 * Comparisons that take the same time wherever the bytes differ, so that no one learns a MAC, a tag
 * or a key by trying it byte by byte.
 */
public final class ConstantTime {
  private ConstantTime() {}

  /** Whether {@code length} bytes at the two places are the same. */
  public static boolean equal(byte[] a, int aOffset, byte[] b, int bOffset, int length) {
    int difference = 0;
    for (int i = 0; i < length; i++) {
      difference |= a[aOffset + i] ^ b[bOffset + i];
    }
    return difference == 0;
  }

  /** Whether all bytes are zero. */
  public static boolean isZero(byte[] bytes) {
    int seen = 0;
    for (byte b : bytes) {
      seen |= b;
    }
    return seen == 0;
  }
}
