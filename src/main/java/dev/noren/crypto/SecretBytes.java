package dev.noren.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * 32 secret bytes that one thread may wipe while another reads them: the reader gets the whole
 * secret or is told that it is gone, never a half or a key of zeros that anyone can guess.
 */
final class SecretBytes {
  static final int SIZE = 32;

  private static final VarHandle INT64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Four little-endian words, and not an array: there are many keys, and it would be half more. */
  private long word0;

  private long word1;
  private long word2;
  private long word3;
  private volatile boolean wiped;

  /** Copies {@code from}, which stays the caller's. */
  SecretBytes(byte[] from) {
    if (from.length != SIZE) {
      throw new IllegalArgumentException("a key is 32 bytes, not " + from.length);
    }
    word0 = (long) INT64.get(from, 0);
    word1 = (long) INT64.get(from, 8);
    word2 = (long) INT64.get(from, 16);
    word3 = (long) INT64.get(from, 24);
  }

  /** Copies the secret; false, and {@code out} full of zeros, when it was wiped. */
  boolean copyTo(byte[] out) {
    INT64.set(out, 0, word0);
    INT64.set(out, 8, word1);
    INT64.set(out, 16, word2);
    INT64.set(out, 24, word3);
    VarHandle.acquireFence(); // the flag is read after the bytes, and wipe() sets it before them
    if (wiped) {
      Arrays.fill(out, 0, SIZE, (byte) 0);
      return false;
    }
    return true;
  }

  /**
   * Copies the secret as eight little-endian words, without a copy of bytes on the way; false, and
   * zeros there, when it was wiped.
   */
  boolean copyTo(int[] words, int offset) {
    put(word0, words, offset);
    put(word1, words, offset + 2);
    put(word2, words, offset + 4);
    put(word3, words, offset + 6);
    VarHandle.acquireFence(); // as above
    if (wiped) {
      Arrays.fill(words, offset, offset + SIZE / Integer.BYTES, 0);
      return false;
    }
    return true;
  }

  private static void put(long word, int[] words, int offset) {
    words[offset] = (int) word;
    words[offset + 1] = (int) (word >>> 32);
  }

  /** A copy of the secret, or null when it was wiped. */
  byte[] copyOrNull() {
    byte[] copy = new byte[SIZE];
    return copyTo(copy) ? copy : null;
  }

  /** A copy of the secret; {@code what} begins the sentence thrown when it was wiped. */
  byte[] copy(String what) {
    byte[] copy = copyOrNull();
    if (copy == null) {
      throw new IllegalStateException(what + " was wiped and cannot be used any more");
    }
    return copy;
  }

  void wipe() {
    wiped = true;
    VarHandle.fullFence();
    word0 = 0;
    word1 = 0;
    word2 = 0;
    word3 = 0;
  }

  boolean isWiped() {
    return wiped;
  }

  boolean isZero() {
    return (word0 | word1 | word2 | word3) == 0;
  }

  boolean sameAs(SecretBytes other) {
    long difference =
        (word0 ^ other.word0)
            | (word1 ^ other.word1)
            | (word2 ^ other.word2)
            | (word3 ^ other.word3);
    return difference == 0 && wiped == other.wiped;
  }
}
