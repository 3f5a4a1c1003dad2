package dev.noren.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/** The JDK's own ChaCha20-Poly1305, which has intrinsics on x86-64 and aarch64. */
public final class CipherAead implements TransportAead {
  private static final String ALGORITHM = "ChaCha20-Poly1305";

  private final byte[] nonce = new byte[TransportNonce.SIZE];
  private Cipher cipher;

  /**
   * Finds the cipher.
   *
   * @throws GeneralSecurityException when this JDK has none
   */
  public CipherAead() throws GeneralSecurityException {
    this.cipher = Cipher.getInstance(ALGORITHM);
  }

  @Override
  public String name() {
    return "JDK " + ALGORITHM;
  }

  @Override
  public void seal(
      TransportKey key,
      long counter,
      byte[] in,
      int inOffset,
      int length,
      byte[] out,
      int outOffset) {
    Objects.checkFromIndexSize(outOffset, length + TAG_SIZE, out.length);
    try {
      init(Cipher.ENCRYPT_MODE, key, counter);
      cipher.doFinal(in, inOffset, length, out, outOffset);
    } catch (GeneralSecurityException e) {
      if (!key.isWiped()) {
        throw new IllegalStateException("the JDK's " + ALGORITHM + " could not seal a packet", e);
      }
      Arrays.fill(out, outOffset, outOffset + length + TAG_SIZE, (byte) 0);
    }
  }

  /** The JDK checks the tag before it decrypts, so a refused packet leaves {@code out} alone. */
  @Override
  public int open(
      TransportKey key,
      long counter,
      byte[] in,
      int inOffset,
      int length,
      byte[] out,
      int outOffset) {
    if (length < TAG_SIZE) {
      return -1;
    }
    Objects.checkFromIndexSize(outOffset, length - TAG_SIZE, out.length);
    try {
      init(Cipher.DECRYPT_MODE, key, counter);
      return cipher.doFinal(in, inOffset, length, out, outOffset);
    } catch (GeneralSecurityException e) {
      return -1;
    }
  }

  /**
   * A Cipher refuses the key and nonce it had last, in some JDKs also when opening. A forged packet
   * must not keep the genuine one of the same counter out, so a new Cipher tries once more.
   */
  private void init(int mode, TransportKey key, long counter) throws GeneralSecurityException {
    TransportNonce.write(counter, nonce);
    IvParameterSpec spec = new IvParameterSpec(nonce);
    try {
      cipher.init(mode, key.secretKey(), spec);
    } catch (InvalidKeyException e) {
      if (key.isWiped()) {
        throw e;
      }
      cipher = Cipher.getInstance(ALGORITHM);
      cipher.init(mode, key.secretKey(), spec);
    }
  }
}
