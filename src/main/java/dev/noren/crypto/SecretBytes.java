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

  private static final VarHandle INT32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes = new byte[SIZE];
  private volatile boolean wiped;

  /** Copies {@code from}, which stays the caller's. */
  SecretBytes(byte[] from) {
    if (from.length != SIZE) {
      throw new IllegalArgumentException("a key is 32 bytes, not " + from.length);
    }
    System.arraycopy(from, 0, bytes, 0, SIZE);
  }

  /** Copies the secret; false, and {@code out} full of zeros, when it was wiped. */
  boolean copyTo(byte[] out) {
    System.arraycopy(bytes, 0, out, 0, SIZE);
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
    for (int i = 0; i < SIZE / Integer.BYTES; i++) {
      words[offset + i] = (int) INT32.get(bytes, i * Integer.BYTES);
    }
    VarHandle.acquireFence(); // as above
    if (wiped) {
      Arrays.fill(words, offset, offset + SIZE / Integer.BYTES, 0);
      return false;
    }
    return true;
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
    Arrays.fill(bytes, (byte) 0);
  }

  boolean isWiped() {
    return wiped;
  }

  boolean isZero() {
    return ConstantTime.isZero(bytes);
  }

  boolean sameAs(SecretBytes other) {
    return ConstantTime.equal(bytes, 0, other.bytes, 0, SIZE) && wiped == other.wiped;
  }
}
