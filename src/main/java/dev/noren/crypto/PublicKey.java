package dev.noren.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** An X25519 public key: 32 bytes, by which a peer is known. Immutable. */
public final class PublicKey {
  /** Bytes in a key. */
  public static final int SIZE = 32;

  private static final VarHandle INT64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /**
   * Four little-endian words, and not an array: there are many keys, and it would be a third more.
   */
  private final long word0;

  private final long word1;
  private final long word2;
  private final long word3;

  private PublicKey(byte[] bytes, int offset) {
    word0 = (long) INT64.get(bytes, offset);
    word1 = (long) INT64.get(bytes, offset + 8);
    word2 = (long) INT64.get(bytes, offset + 16);
    word3 = (long) INT64.get(bytes, offset + 24);
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
    return new PublicKey(bytes, 0);
  }

  /** The key whose 32 bytes stand at {@code offset}; they are copied. */
  public static PublicKey of(byte[] bytes, int offset) {
    return new PublicKey(bytes, offset);
  }

  /**
   * Reads 44 characters of base64.
   *
   * @throws IllegalArgumentException with a sentence that does not contain the text
   */
  public static PublicKey parseBase64(String text) {
    return new PublicKey(KeyText.parseBase64(text), 0);
  }

  /**
   * Reads 64 hexadecimal digits.
   *
   * @throws IllegalArgumentException with a sentence that does not contain the text
   */
  public static PublicKey parseHex(String text) {
    return new PublicKey(KeyText.parseHex(text), 0);
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    byte[] bytes = new byte[SIZE];
    copyTo(bytes, 0);
    return bytes;
  }

  /** Writes the 32 bytes at {@code offset}. */
  public void copyTo(byte[] out, int offset) {
    INT64.set(out, offset, word0);
    INT64.set(out, offset + 8, word1);
    INT64.set(out, offset + 16, word2);
    INT64.set(out, offset + 24, word3);
  }

  /** 44 characters, as {@code wg} shows a key. */
  public String toBase64() {
    return KeyText.toBase64(bytes());
  }

  /** 64 lower-case hexadecimal digits, as the configuration socket carries a key. */
  public String toHex() {
    return KeyText.toHex(bytes());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublicKey key
        && ((word0 ^ key.word0) | (word1 ^ key.word1) | (word2 ^ key.word2) | (word3 ^ key.word3))
            == 0;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(word0 ^ word1 ^ word2 ^ word3);
  }

  @Override
  public String toString() {
    return toBase64();
  }
}
