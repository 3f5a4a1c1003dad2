package dev.noren.crypto;

import org.bouncycastle.crypto.modes.XChaCha20Poly1305;

/**
 * XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha), whose nonce is long enough to be drawn by chance:
 * cookie replies are sealed with it (WP 5.4.7).
 */
public final class CookieAead {
  /** Bytes by which a sealed message is longer. */
  public static final int TAG_SIZE = BouncyBox.TAG_SIZE;

  /** Bytes in a nonce. */
  public static final int NONCE_SIZE = 24;

  private CookieAead() {}

  /**
   * Writes {@code length + 16} bytes.
   *
   * @param key 32 bytes
   * @param nonce 24 bytes
   * @param ad what is authenticated along with it
   */
  public static void seal(
      byte[] key,
      byte[] nonce,
      byte[] plain,
      int offset,
      int length,
      byte[] ad,
      byte[] out,
      int outOffset) {
    BouncyBox.seal(new XChaCha20Poly1305(), key, nonce, ad, plain, offset, length, out, outOffset);
  }

  /**
   * Writes {@code length - 16} bytes; writes nothing when the tag is wrong.
   *
   * @param key 32 bytes
   * @param nonce 24 bytes
   * @param length bytes at {@code offset}, the tag included
   * @param ad what was authenticated along with it
   * @return whether the tag was right
   */
  public static boolean open(
      byte[] key,
      byte[] nonce,
      byte[] in,
      int offset,
      int length,
      byte[] ad,
      byte[] out,
      int outOffset) {
    return BouncyBox.open(
        new XChaCha20Poly1305(), key, nonce, ad, in, offset, length, out, outOffset);
  }
}
