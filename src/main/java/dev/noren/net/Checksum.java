package dev.noren.net;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The Internet checksum, RFC 1071: 16-bit one's complement sums of big-endian words.
 *
 * <p>The sum does not depend on the order of a word's bytes, but for one swap at its end (RFC 1071
 * section 2 B), nor on the width in which words are added (2 C). So most bytes are added as native
 * 64-bit words. The loop over them is written so that HotSpot vectorises it: one counter with a
 * limit known before, one word a turn, one accumulator. Unrolled by hand it takes three times as
 * long.
 */
public final class Checksum {
  private static final VarHandle NATIVE64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
  private static final long LOW_32 = 0xffffffffL;

  private Checksum() {}

  /**
   * Adds bytes to a running sum; an odd last byte counts as the high half of a word.
   *
   * @return the sum, not yet folded
   */
  public static long sum(byte[] bytes, int offset, int length, long start) {
    long words = 0;
    int end = offset + length;
    int at = offset;
    int limit = end - 7;
    for (; at < limit; at += 8) {
      long word = (long) NATIVE64.get(bytes, at);
      words += (word & LOW_32) + (word >>> 32);
    }
    long sum = start + toNetworkOrder(fold(words));
    if (at + 4 <= end) {
      sum += Integer.toUnsignedLong(Bytes.int32(bytes, at));
      at += 4;
    }
    if (at + 2 <= end) {
      sum += Bytes.uint16(bytes, at);
      at += 2;
    }
    return at < end ? sum + ((bytes[at] & 0xff) << 8) : sum;
  }

  /** Folds a running sum to 16 bits. */
  public static int fold(long sum) {
    long folded = (sum >>> 32) + (sum & LOW_32);
    folded = (folded >>> 16) + (folded & 0xffff);
    folded = (folded >>> 16) + (folded & 0xffff);
    folded = (folded >>> 16) + (folded & 0xffff);
    return (int) folded;
  }

  /** The checksum of these bytes, whose own checksum field holds zero. */
  public static int of(byte[] bytes, int offset, int length, long start) {
    return ~fold(sum(bytes, offset, length, start)) & 0xffff;
  }

  private static int toNetworkOrder(int word) {
    return LITTLE_ENDIAN ? word >>> 8 | (word & 0xff) << 8 : word;
  }
}
