package dev.noren.crypto;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The 32 bytes two peers may share beforehand (WP 5.2). No key is 32 zeros, {@link #NONE}, exactly
 * as the handshake mixes it in.
 */
public final class PresharedKey {
  /** Bytes in a key. */
  public static final int SIZE = SecretBytes.SIZE;

  /** No pre-shared key: 32 zeros. */
  public static final PresharedKey NONE = new PresharedKey(new byte[SIZE]);

  private final SecretBytes secret;
  private final boolean none;

  /** Takes {@code bytes} over and wipes them. */
  private PresharedKey(byte[] bytes) {
    this.secret = new SecretBytes(bytes);
    this.none = secret.isZero();
    Arrays.fill(bytes, (byte) 0);
  }

  /**
   * The key of these bytes, which are copied.
   *
   * @throws IllegalArgumentException unless there are 32
   */
  public static PresharedKey of(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("a pre-shared key is 32 bytes, not " + bytes.length);
    }
    return new PresharedKey(bytes.clone());
  }

  /** A new key of 32 bytes from {@code random}, which must be a cryptographic generator. */
  public static PresharedKey generate(RandomGenerator random) {
    byte[] bytes = new byte[SIZE];
    random.nextBytes(bytes);
    return new PresharedKey(bytes);
  }

  /**
   * Reads 44 characters of base64.
   *
   * @throws IllegalArgumentException with a sentence that does not contain the text
   */
  public static PresharedKey parseBase64(String text) {
    return new PresharedKey(KeyText.parseBase64(text));
  }

  /**
   * Reads 64 hexadecimal digits; all zeros are {@link #NONE}.
   *
   * @throws IllegalArgumentException with a sentence that does not contain the text
   */
  public static PresharedKey parseHex(String text) {
    return new PresharedKey(KeyText.parseHex(text));
  }

  /** Whether these are the 32 zeros that mean no key. */
  public boolean isNone() {
    return none;
  }

  /**
   * A copy of the 32 bytes, for the caller to wipe.
   *
   * @throws IllegalStateException when this key was wiped
   */
  public byte[] bytes() {
    return secret.copy("this pre-shared key");
  }

  /**
   * Copies the 32 bytes to the start of {@code out}.
   *
   * @return false, and zeros in {@code out}, when this key was wiped: zeros would mean no key, so
   *     the handshake must then end
   */
  public boolean copyTo(byte[] out) {
    return secret.copyTo(out);
  }

  /** 44 characters of base64, the secret itself. */
  public String toBase64() {
    byte[] copy = bytes();
    String text = KeyText.toBase64(copy);
    Arrays.fill(copy, (byte) 0);
    return text;
  }

  /** 64 lower-case hexadecimal digits, the secret itself. */
  public String toHex() {
    byte[] copy = bytes();
    String text = KeyText.toHex(copy);
    Arrays.fill(copy, (byte) 0);
    return text;
  }

  /** Overwrites the secret, which must not be mixed into a handshake after that. */
  public void wipe() {
    if (!none) {
      secret.wipe();
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PresharedKey key && secret.sameAs(key.secret);
  }

  @Override
  public int hashCode() {
    byte[] copy = new byte[SIZE];
    secret.copyTo(copy);
    int hash = Arrays.hashCode(copy);
    Arrays.fill(copy, (byte) 0);
    return hash;
  }

  @Override
  public String toString() {
    return "(preshared key)";
  }
}
