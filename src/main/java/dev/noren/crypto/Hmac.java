package dev.noren.crypto;

import java.util.Arrays;

/** HMAC (RFC 2104) over BLAKE2s: 32 bytes. */
public final class Hmac {
  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5c;

  private Hmac() {}

  /** Writes the 32-byte HMAC of {@code input} under {@code key} to the start of {@code out}. */
  public static void mac(byte[] key, byte[] input, byte[] out) {
    byte[] block = new byte[Blake2s.BLOCK_SIZE];
    if (key.length > Blake2s.BLOCK_SIZE) {
      Blake2s.hash(block, key);
    } else {
      System.arraycopy(key, 0, block, 0, key.length);
    }
    byte[] inner = new byte[Blake2s.HASH_SIZE];
    xor(block, INNER);
    Blake2s.hash(inner, block, input);
    xor(block, (byte) (INNER ^ OUTER));
    Blake2s.hash(out, block, inner);
    Arrays.fill(block, (byte) 0);
    Arrays.fill(inner, (byte) 0);
  }

  private static void xor(byte[] block, byte pad) {
    for (int i = 0; i < block.length; i++) {
      block[i] ^= pad;
    }
  }
}
