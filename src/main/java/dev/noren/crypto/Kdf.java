package dev.noren.crypto;

import java.util.Arrays;

/**
 * The key derivation of the handshake (WP 5.4): {@code p = HMAC(ck, input)}, {@code t1 = HMAC(p,
 * 1)}, {@code tn = HMAC(p, t(n-1) || n)}. Each output is 32 bytes, and any may be the array of the
 * chaining key or of the input.
 */
public final class Kdf {
  /** Bytes in an output. */
  public static final int SIZE = Blake2s.HASH_SIZE;

  private Kdf() {}

  /** Writes the first output. */
  public static void kdf1(byte[] chainingKey, byte[] input, byte[] t1) {
    derive(chainingKey, input, t1);
  }

  /** Writes the first two outputs. */
  public static void kdf2(byte[] chainingKey, byte[] input, byte[] t1, byte[] t2) {
    derive(chainingKey, input, t1, t2);
  }

  /** Writes all three outputs. */
  public static void kdf3(byte[] chainingKey, byte[] input, byte[] t1, byte[] t2, byte[] t3) {
    derive(chainingKey, input, t1, t2, t3);
  }

  private static void derive(byte[] chainingKey, byte[] input, byte[]... outputs) {
    byte[] p = new byte[SIZE];
    Hmac.mac(chainingKey, input, p);
    byte[] seed = new byte[] {1};
    for (int i = 0; i < outputs.length; i++) {
      Hmac.mac(p, seed, outputs[i]);
      Arrays.fill(seed, (byte) 0);
      seed = Arrays.copyOf(outputs[i], SIZE + 1);
      seed[SIZE] = (byte) (i + 2);
    }
    Arrays.fill(seed, (byte) 0);
    Arrays.fill(p, (byte) 0);
  }
}
