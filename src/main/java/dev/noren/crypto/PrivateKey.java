package dev.noren.crypto;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * An X25519 private key, clamped as RFC 7748 section 5 says. It shows itself only to those who ask
 * for its bytes or its text by name.
 */
public final class PrivateKey {
  /** Bytes in a key. */
  public static final int SIZE = SecretBytes.SIZE;

  private final SecretBytes secret;
  private final PublicKey publicKey;

  /** Takes {@code bytes} over and wipes them. */
  private PrivateKey(byte[] bytes) {
    bytes[0] &= (byte) 248;
    bytes[31] &= 127;
    bytes[31] |= 64;
    this.secret = new SecretBytes(bytes);
    byte[] point = new byte[PublicKey.SIZE];
    DiffieHellman.publicKey(bytes, point);
    Arrays.fill(bytes, (byte) 0);
    this.publicKey = PublicKey.of(point);
  }

  /**
   * The key of these bytes, which are copied and clamped.
   *
   * @throws IllegalArgumentException unless there are 32
   */
  public static PrivateKey of(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("a private key is 32 bytes, not " + bytes.length);
    }
    return new PrivateKey(bytes.clone());
  }

  /** A new key of 32 bytes from {@code random}, which must be a cryptographic generator. */
  public static PrivateKey generate(RandomGenerator random) {
    byte[] bytes = new byte[SIZE];
    random.nextBytes(bytes);
    return new PrivateKey(bytes);
  }

  /**
   * Reads 44 characters of base64.
   *
   * @throws IllegalArgumentException with a sentence that does not contain the text
   */
  public static PrivateKey parseBase64(String text) {
    return new PrivateKey(KeyText.parseBase64(text));
  }

  /**
   * Reads 64 hexadecimal digits. All zeros make a key like any other here: that they clear the key
   * on the configuration socket is for the caller to see first.
   *
   * @throws IllegalArgumentException with a sentence that does not contain the text
   */
  public static PrivateKey parseHex(String text) {
    return new PrivateKey(KeyText.parseHex(text));
  }

  /** The public half; it stays known after {@link #wipe()}. */
  public PublicKey publicKey() {
    return publicKey;
  }

  /**
   * The Diffie-Hellman result with {@code other} (WP 5.4).
   *
   * @param out receives 32 bytes; zeros when the answer is false
   * @return false when the result is all zeros, as every public key of low order makes it, or when
   *     this key was wiped: the handshake must then end in silence
   */
  public boolean sharedSecret(PublicKey other, byte[] out) {
    byte[] scalar = new byte[SIZE];
    boolean alive = secret.copyTo(scalar);
    boolean nonZero = DiffieHellman.agree(scalar, other.bytes(), out);
    Arrays.fill(scalar, (byte) 0);
    if (!alive || !nonZero) {
      Arrays.fill(out, 0, SIZE, (byte) 0);
      return false;
    }
    return true;
  }

  /**
   * A copy of the 32 clamped bytes, for the caller to wipe.
   *
   * @throws IllegalStateException when this key was wiped
   */
  public byte[] bytes() {
    return secret.copy("this private key");
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

  /** Overwrites the secret; from then on no shared secret comes from this key. */
  public void wipe() {
    secret.wipe();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PrivateKey key && secret.sameAs(key.secret);
  }

  @Override
  public int hashCode() {
    return publicKey.hashCode();
  }

  @Override
  public String toString() {
    return "(private key)";
  }
}
