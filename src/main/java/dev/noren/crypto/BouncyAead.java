package dev.noren.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;

/** Bouncy Castle's ChaCha20-Poly1305: about six times slower than the JDK's, but always there. */
public final class BouncyAead implements TransportAead {
  private static final byte[] NO_AD = new byte[0];

  @Override
  public String name() {
    return "Bouncy Castle ChaCha20-Poly1305";
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
    byte[] secret = key.copyOrNull();
    if (secret == null) {
      Arrays.fill(out, outOffset, outOffset + length + TAG_SIZE, (byte) 0);
      return;
    }
    try {
      byte[] nonce = nonce(counter);
      BouncyBox.seal(
          new ChaCha20Poly1305(), secret, nonce, NO_AD, in, inOffset, length, out, outOffset);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  @Override
  public int open(
      TransportKey key,
      long counter,
      byte[] in,
      int inOffset,
      int length,
      byte[] out,
      int outOffset) {
    byte[] secret = key.copyOrNull();
    if (secret == null) {
      return -1;
    }
    try {
      byte[] nonce = nonce(counter);
      boolean opened =
          BouncyBox.open(
              new ChaCha20Poly1305(), secret, nonce, NO_AD, in, inOffset, length, out, outOffset);
      return opened ? length - TAG_SIZE : -1;
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static byte[] nonce(long counter) {
    byte[] nonce = new byte[TransportNonce.SIZE];
    TransportNonce.write(counter, nonce);
    return nonce;
  }
}
