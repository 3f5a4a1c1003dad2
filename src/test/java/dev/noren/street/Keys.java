package dev.noren.street;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * A tunnel end's two keys in base64, made by the JDK and not by Noren.
 *
 * @param privateKey as {@code wg genkey} prints it
 * @param publicKey as {@code wg pubkey} prints it
 */
public record Keys(String privateKey, String publicKey) {
  private static final int SIZE = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Makes a new pair. */
  public static Keys generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("X25519").generateKeyPair();
      byte[] secret = ((XECPrivateKey) pair.getPrivate()).getScalar().orElseThrow();
      // RFC 7748, section 5: wg prints keys with these bits already set.
      secret[0] &= (byte) 248;
      secret[31] = (byte) ((secret[31] & 127) | 64);
      return new Keys(
          base64(secret), base64(littleEndian(((XECPublicKey) pair.getPublic()).getU())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes a preshared key. */
  public static String preshared() {
    byte[] secret = new byte[SIZE];
    RANDOM.nextBytes(secret);
    return base64(secret);
  }

  /** Keeps the private key out of a failure's message. */
  @Override
  public String toString() {
    return publicKey;
  }

  private static byte[] littleEndian(BigInteger u) {
    byte[] big = u.toByteArray();
    byte[] little = new byte[SIZE];
    for (int i = 0; i < Math.min(big.length, SIZE); i++) {
      little[i] = big[big.length - 1 - i];
    }
    return little;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, SIZE));
  }
}
