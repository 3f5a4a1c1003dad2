package dev.noren.protocol.handshake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * The functions of section 5.4 of the whitepaper under the names they have there, straight from
 * Bouncy Castle. They share nothing with the production code, so that the two can check each other.
 */
final class Paper {
  static final byte[] CONSTRUCTION = "Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s".getBytes(US_ASCII);
  static final byte[] IDENTIFIER = "WireGuard v1 zx2c4 Jason@zx2c4.com".getBytes(US_ASCII);
  static final byte[] LABEL_MAC1 = "mac1----".getBytes(US_ASCII);

  private Paper() {}

  static byte[] dh(byte[] privateKey, byte[] publicKey) {
    byte[] out = new byte[32];
    X25519.scalarMult(privateKey, 0, publicKey, 0, out, 0);
    return out;
  }

  static byte[] dhPublic(byte[] privateKey) {
    byte[] out = new byte[32];
    X25519.scalarMultBase(privateKey, 0, out, 0);
    return out;
  }

  static byte[] concat(byte[]... parts) {
    int size = 0;
    for (byte[] part : parts) {
      size += part.length;
    }
    byte[] whole = new byte[size];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return whole;
  }

  static byte[] hash(byte[]... input) {
    byte[] whole = concat(input);
    Blake2sDigest digest = new Blake2sDigest(256);
    digest.update(whole, 0, whole.length);
    byte[] out = new byte[32];
    digest.doFinal(out, 0);
    return out;
  }

  static byte[] mac(byte[] key, byte[] input) {
    Blake2sDigest digest = new Blake2sDigest(key, 16, null, null);
    digest.update(input, 0, input.length);
    byte[] out = new byte[16];
    digest.doFinal(out, 0);
    return out;
  }

  static byte[] hmac(byte[] key, byte[]... input) {
    byte[] whole = concat(input);
    HMac hmac = new HMac(new Blake2sDigest(256));
    hmac.init(new KeyParameter(key));
    hmac.update(whole, 0, whole.length);
    byte[] out = new byte[32];
    hmac.doFinal(out, 0);
    return out;
  }

  /** The paper's Kdf_n: n outputs of 32 bytes. */
  static byte[][] kdf(int n, byte[] key, byte[] input) {
    byte[] t0 = hmac(key, input);
    byte[][] t = new byte[n][];
    for (int i = 1; i <= n; i++) {
      byte[] count = {(byte) i};
      t[i - 1] = i == 1 ? hmac(t0, count) : hmac(t0, t[i - 2], count);
    }
    return t;
  }

  static byte[] aead(byte[] key, long counter, byte[] plain, byte[] ad) {
    return crypt(true, key, counter, plain, ad);
  }

  /** Null when the tag is wrong. */
  static byte[] aeadOpen(byte[] key, long counter, byte[] sealed, byte[] ad) {
    return crypt(false, key, counter, sealed, ad);
  }

  private static byte[] crypt(boolean seal, byte[] key, long counter, byte[] in, byte[] ad) {
    ChaCha20Poly1305 cipher = new ChaCha20Poly1305();
    byte[] nonce = concat(new byte[4], littleEndian(counter, 8));
    cipher.init(seal, new AEADParameters(new KeyParameter(key), 128, nonce, ad));
    byte[] out = new byte[cipher.getOutputSize(in.length)];
    int written = cipher.processBytes(in, 0, in.length, out, 0);
    try {
      cipher.doFinal(out, written);
      return out;
    } catch (InvalidCipherTextException e) {
      return null;
    }
  }

  static byte[] littleEndian(long value, int size) {
    byte[] out = new byte[size];
    for (int i = 0; i < size; i++) {
      out[i] = (byte) (value >>> (8 * i));
    }
    return out;
  }

  /** 5.4.4: the message with both MACs, the second for no cookie. */
  static byte[] withMacs(byte[] message, byte[] recipient) {
    byte[] mac1 = mac(hash(LABEL_MAC1, recipient), message);
    return concat(message, mac1, new byte[16]);
  }

  /** 5.4.6. */
  static byte[] transport(byte[] key, int receiver, long counter, byte[] plain) {
    return concat(
        new byte[] {4, 0, 0, 0},
        littleEndian(receiver, 4),
        littleEndian(counter, 8),
        aead(key, counter, plain, new byte[0]));
  }
}
