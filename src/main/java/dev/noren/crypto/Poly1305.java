package dev.noren.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The tag of a ChaCha20-Poly1305 packet without associated data (RFC 8439 sections 2.5 and 2.8):
 * Poly1305 over the ciphertext, zeros up to a multiple of 16, and both lengths. What multiplies is
 * the subclass's.
 *
 * <p>An object serves one packet after the other, for one thread: {@link #start}, {@link #compute},
 * {@link #write} or {@link #matches}, {@link #wipe}. Nothing here takes longer for one secret than
 * for another.
 */
abstract class Poly1305 {
  /** Bytes in a block, and in a tag. */
  static final int BLOCK_SIZE = 16;

  private static final VarHandle INT64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long CLAMP_LOW = 0x0ffffffc0fffffffL;
  private static final long CLAMP_HIGH = 0x0ffffffc0ffffffcL;

  /** The last, unfilled block and the block of the lengths. */
  private final byte[] tail = new byte[2 * BLOCK_SIZE];

  private long sLow;
  private long sHigh;
  private long tagLow;
  private long tagHigh;

  /** Takes the packet's own key: r, which is clamped here, and s. */
  final void start(byte[] key, int offset) {
    begin(int64(key, offset) & CLAMP_LOW, int64(key, offset + 8) & CLAMP_HIGH);
    sLow = int64(key, offset + 16);
    sHigh = int64(key, offset + 24);
  }

  /** Computes the tag of this ciphertext. */
  final void compute(byte[] in, int offset, int length) {
    int whole = length & -BLOCK_SIZE;
    int rest = length - whole;
    blocks(in, offset, whole);
    if (rest == 0) {
      INT64.set(tail, 0, 0L);
      INT64.set(tail, 8, (long) length);
      blocks(tail, 0, BLOCK_SIZE);
    } else {
      INT64.set(tail, 0, 0L);
      INT64.set(tail, 8, 0L);
      System.arraycopy(in, offset + whole, tail, 0, rest);
      INT64.set(tail, 16, 0L);
      INT64.set(tail, 24, (long) length);
      blocks(tail, 0, 2 * BLOCK_SIZE);
    }
    end();
  }

  /** Writes the tag. */
  final void write(byte[] out, int offset) {
    INT64.set(out, offset, tagLow);
    INT64.set(out, offset + 8, tagHigh);
  }

  /** Whether this is the tag; takes the same time wherever it differs. */
  final boolean matches(byte[] in, int offset) {
    return ((int64(in, offset) ^ tagLow) | (int64(in, offset + 8) ^ tagHigh)) == 0;
  }

  /** Forgets the key and the tag. */
  void wipe() {
    sLow = 0;
    sHigh = 0;
    tagLow = 0;
    tagHigh = 0;
  }

  /** Takes the clamped r, and sets the sum to zero. */
  abstract void begin(long rLow, long rHigh);

  /**
   * Adds whole blocks, each with its bit 128 set, and multiplies by r after each.
   *
   * @param length a multiple of 16, perhaps 0
   */
  abstract void blocks(byte[] in, int offset, int length);

  /** Calls {@link #sum} with the sum. */
  abstract void end();

  /** Makes the tag of the sum h0 + h1 2^64 + h2 2^128, where h2 is less than 8. */
  final void sum(long h0, long h1, long h2) {
    long folded = 5 * (h2 >>> 2);
    long a0 = h0 + folded;
    long carry = carry(h0, folded, a0);
    long a1 = h1 + carry;
    long a2 = (h2 & 3) + carry(h1, carry, a1);
    // Adding 5 carries into bit 130 if and only if the sum is 2^130 - 5 or more.
    long b0 = a0 + 5;
    carry = carry(a0, 5, b0);
    long b1 = a1 + carry;
    long b2 = a2 + carry(a1, carry, b1);
    long reduced = -(b2 >>> 2);
    a0 = (a0 & ~reduced) | (b0 & reduced);
    a1 = (a1 & ~reduced) | (b1 & reduced);
    tagLow = a0 + sLow;
    tagHigh = a1 + sHigh + carry(a0, sLow, tagLow);
  }

  /** 1 if x + y, which is sum, went past 64 bits, else 0; without a branch. */
  static long carry(long x, long y, long sum) {
    return ((x & y) | ((x | y) & ~sum)) >>> 63;
  }

  static long int64(byte[] in, int offset) {
    return (long) INT64.get(in, offset);
  }
}
