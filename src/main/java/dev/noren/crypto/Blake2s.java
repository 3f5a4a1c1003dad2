package dev.noren.crypto;

import org.bouncycastle.crypto.digests.Blake2sDigest;

/** BLAKE2s (RFC 7693), as hash of 32 bytes and as keyed MAC of 16 (WP 5.4). */
public final class Blake2s {
  /** Bytes in a hash. */
  public static final int HASH_SIZE = 32;

  /** Bytes in a MAC. */
  public static final int MAC_SIZE = 16;

  /** Bytes in the block that the hash works on, which HMAC needs to know. */
  static final int BLOCK_SIZE = 64;

  private Blake2s() {}

  /**
   * Writes the 32-byte hash of all parts, one after the other, to the start of {@code out}, which
   * may be one of the parts.
   */
  public static void hash(byte[] out, byte[]... parts) {
    Blake2sDigest digest = new Blake2sDigest(8 * HASH_SIZE);
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    digest.doFinal(out, 0);
  }

  /**
   * Writes the 16-byte keyed MAC of {@code length} bytes to {@code out} at {@code outOffset}.
   *
   * @param key 1 to 32 bytes
   */
  public static void mac(byte[] key, byte[] in, int offset, int length, byte[] out, int outOffset) {
    keyed(key, MAC_SIZE, in, offset, length, out, outOffset);
  }

  static void keyed(
      byte[] key, int size, byte[] in, int offset, int length, byte[] out, int outOffset) {
    Blake2sDigest digest = new Blake2sDigest(key, size, null, null);
    digest.update(in, offset, length);
    digest.doFinal(out, outOffset);
    digest.clearKey();
    digest.reset(); // the first block holds the key until then
  }
}
