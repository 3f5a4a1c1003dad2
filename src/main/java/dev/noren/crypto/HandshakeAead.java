package dev.noren.crypto;

import org.bouncycastle.crypto.modes.ChaCha20Poly1305;

/**
 * ChaCha20-Poly1305 (RFC 8439) with counter 0, as the handshake uses it (WP 5.4): every key seals
 * one message only.
 */
public final class HandshakeAead {
  /** Bytes by which a sealed message is longer. */
  public static final int TAG_SIZE = BouncyBox.TAG_SIZE;

  private static final int NONCE_SIZE = 12;

  private HandshakeAead() {}

  /**
   * Writes {@code length + 16} bytes.
   *
   * @param key 32 bytes
   * @param ad what is authenticated along with it
   */
  public static void seal(
      byte[] key, byte[] plain, int offset, int length, byte[] ad, byte[] out, int outOffset) {
    byte[] nonce = new byte[NONCE_SIZE];
    BouncyBox.seal(new ChaCha20Poly1305(), key, nonce, ad, plain, offset, length, out, outOffset);
  }

  /**
   * Writes {@code length - 16} bytes; writes nothing when the tag is wrong.
   *
   * @param key 32 bytes
   * @param length bytes at {@code offset}, the tag included
   * @param ad what was authenticated along with it
   * @return whether the tag was right
   */
  public static boolean open(
      byte[] key, byte[] in, int offset, int length, byte[] ad, byte[] out, int outOffset) {
    byte[] nonce = new byte[NONCE_SIZE];
    return BouncyBox.open(
        new ChaCha20Poly1305(), key, nonce, ad, in, offset, length, out, outOffset);
  }
}
