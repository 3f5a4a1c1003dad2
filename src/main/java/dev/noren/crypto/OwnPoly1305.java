package dev.noren.crypto;

import java.util.Objects;

/**
 * Poly1305 in base 2^64 with the processor's multiplication of 64 by 64 bits. It is for Javas that
 * have no vector code for Poly1305, whose plain code in base 2^26 takes three times as long.
 *
 * <p>In base 2^64 the sum a is a0 + a1 2^64 + a2 2^128, where a2 stays below 8, and r is r0 + r1
 * 2^64. As 2^130 is 5 modulo the prime, and r1 a multiple of 4, r1 2^128 is r1 / 4 * 5, which is s1
 * = r1 + r1 / 4. r0 and r1 are less than 2^60, so that three high halves of products add up without
 * a carry.
 */
final class OwnPoly1305 extends Poly1305 {
  private static final byte[] ZEROS = new byte[BLOCK_SIZE];

  private long r0;
  private long r1;

  /** The sum to which the last block was added, but which was not multiplied since. */
  private long a0;

  private long a1;
  private long a2;

  @Override
  void begin(long rLow, long rHigh) {
    r0 = rLow;
    r1 = rHigh;
    a0 = 0;
    a1 = 0;
    a2 = 0;
  }

  @Override
  void blocks(byte[] in, int offset, int length) {
    multiplyAndAdd(in, offset, length, 1);
  }

  @Override
  void end() {
    multiplyAndAdd(ZEROS, 0, BLOCK_SIZE, 0);
    sum(a0, a1, a2);
  }

  /**
   * Multiplies and then adds a block, instead of the other way round: so the block goes into sums
   * that wait for nothing, and its carries are ready when the multiplication is.
   */
  private void multiplyAndAdd(byte[] in, int offset, int length, long bit128) {
    Objects.checkFromIndexSize(offset, length, in.length);
    long r0 = this.r0;
    long r1 = this.r1;
    long s1 = r1 + (r1 >>> 2);
    long a0 = this.a0;
    long a1 = this.a1;
    long a2 = this.a2;
    int limit = offset + length - (BLOCK_SIZE - 1);
    for (int i = offset; i < limit; i += BLOCK_SIZE) {
      long m0 = int64(in, i);
      long m1 = int64(in, i + 8);
      // Times 1: a0 r0 + a1 s1, and the block.
      long a0r0 = a0 * r0;
      long a1s1 = a1 * s1;
      long low = a0r0 + a1s1;
      long lowest = low + m0;
      // Times 2^64: what is above, a2 s1, a0 r1 + a1 r0, and the block.
      long above =
          Math.unsignedMultiplyHigh(a0, r0)
              + Math.unsignedMultiplyHigh(a1, s1)
              + carry(a0r0, a1s1, low)
              + carry(low, m0, lowest)
              + a2 * s1;
      long a0r1 = a0 * r1;
      long a1r0 = a1 * r0;
      long cross = a0r1 + a1r0;
      long mid = cross + above;
      long middle = mid + m1;
      // Times 2^128, but the carries of the middle: they may stay there until the next time.
      long high = Math.unsignedMultiplyHigh(a0, r1) + Math.unsignedMultiplyHigh(a1, r0) + a2 * r0;
      // What is at 2^130 and above comes back at the bottom, five times.
      long back = (high >>> 2) + (high & ~3L);
      long carries = carry(a0r1, a1r0, cross) + carry(cross, above, mid) + carry(mid, m1, middle);
      a0 = lowest + back;
      a1 = middle + carry(lowest, back, a0);
      a2 = (high & 3) + bit128 + carries + ((middle & ~a1) >>> 63);
    }
    this.a0 = a0;
    this.a1 = a1;
    this.a2 = a2;
  }

  @Override
  void wipe() {
    super.wipe();
    begin(0, 0);
  }
}
