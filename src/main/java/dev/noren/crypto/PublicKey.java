package dev.noren.crypto;

import java.util.Arrays;

/** An X25519 public key: 32 bytes, by which a peer is known. Immutable. */
public final class PublicKey {
  /** Bytes in a key. */
  public static final int SIZE = 32;

  private final byte[] bytes;

  private PublicKey(byte[] owned) {
    this.bytes = owned;
  }

  /**
   * The key of these bytes, which are copied.
   *
   * @throws IllegalArgumentException unless there are 32
   */
  public static PublicKey of(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("a public key is 32 bytes, not " + bytes.length);
    }
    return new PublicKey(bytes.clone());
  }

  /** The key whose 32 bytes stand at {@code offset}; they are copied. */
  public static PublicKey of(byte[] bytes, int offset) {
    return of(Arrays.copyOfRange(bytes, offset, offset + SIZE));
  }

  /**
   * Reads 44 characters of base64.
   *
   * @throws IllegalArgumentException with a sentence that does not contain the text
   */
  public static PublicKey parseBase64(String text) {
    return new PublicKey(KeyText.parseBase64(text));
  }

  /**
   * Reads 64 hexadecimal digits.
   *
   * @throws IllegalArgumentException with a sentence that does not contain the text
   */
  public static PublicKey parseHex(String text) {
    return new PublicKey(KeyText.parseHex(text));
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Writes the 32 bytes at {@code offset}. */
  public void copyTo(byte[] out, int offset) {
    System.arraycopy(bytes, 0, out, offset, SIZE);
  }

  /** 44 characters, as {@code wg} shows a key. */
  public String toBase64() {
    return KeyText.toBase64(bytes);
  }

  /** 64 lower-case hexadecimal digits, as the configuration socket carries a key. */
  public String toHex() {
    return KeyText.toHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublicKey key && ConstantTime.equal(bytes, 0, key.bytes, 0, SIZE);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return toBase64();
  }
}
