package dev.noren.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.AEADCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** One whole message through one of Bouncy Castle's AEADs with a tag of 16 bytes. */
final class BouncyBox {
  static final int TAG_SIZE = 16;

  private BouncyBox() {}

  /** Writes {@code length + 16} bytes; {@code out} may be {@code in} at the same offset. */
  static void seal(
      AEADCipher cipher,
      byte[] key,
      byte[] nonce,
      byte[] ad,
      byte[] in,
      int offset,
      int length,
      byte[] out,
      int outOffset) {
    byte[] sealed = new byte[length + TAG_SIZE];
    try {
      run(cipher, true, key, nonce, ad, in, offset, length, sealed);
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException(cipher.getAlgorithmName() + " could not seal", e);
    }
    System.arraycopy(sealed, 0, out, outOffset, sealed.length);
  }

  /**
   * Writes {@code length - 16} bytes, or nothing at all when the tag is wrong: Bouncy Castle hands
   * plaintext out before it has seen the tag, so it works in an array of its own.
   */
  static boolean open(
      AEADCipher cipher,
      byte[] key,
      byte[] nonce,
      byte[] ad,
      byte[] in,
      int offset,
      int length,
      byte[] out,
      int outOffset) {
    if (length < TAG_SIZE) {
      return false;
    }
    byte[] opened = new byte[length - TAG_SIZE];
    try {
      run(cipher, false, key, nonce, ad, in, offset, length, opened);
      System.arraycopy(opened, 0, out, outOffset, opened.length);
      return true;
    } catch (InvalidCipherTextException e) {
      return false;
    } finally {
      Arrays.fill(opened, (byte) 0);
    }
  }

  private static void run(
      AEADCipher cipher,
      boolean sealing,
      byte[] key,
      byte[] nonce,
      byte[] ad,
      byte[] in,
      int offset,
      int length,
      byte[] out)
      throws InvalidCipherTextException {
    cipher.init(sealing, new AEADParameters(new KeyParameter(key), 8 * TAG_SIZE, nonce, ad));
    int written = cipher.processBytes(in, offset, length, out, 0);
    cipher.doFinal(out, written);
  }
}
