package dev.noren.net;

/** The Internet checksum, RFC 1071: 16-bit one's complement sums of big-endian words. */
public final class Checksum {
  private Checksum() {}

  /**
   * Adds bytes to a running sum; an odd last byte counts as the high half of a word.
   *
   * @return the sum, not yet folded
   */
  public static long sum(byte[] bytes, int offset, int length, long start) {
    long sum = start;
    int at = offset;
    int end = offset + length;
    for (; at + 4 <= end; at += 4) {
      sum += Integer.toUnsignedLong(Bytes.int32(bytes, at));
    }
    if (at + 2 <= end) {
      sum += Bytes.uint16(bytes, at);
      at += 2;
    }
    return at < end ? sum + ((bytes[at] & 0xff) << 8) : sum;
  }

  /** Folds a running sum to 16 bits. */
  public static int fold(long sum) {
    long folded = (sum >>> 32) + (sum & 0xffffffffL);
    folded = (folded >>> 16) + (folded & 0xffff);
    folded = (folded >>> 16) + (folded & 0xffff);
    folded = (folded >>> 16) + (folded & 0xffff);
    return (int) folded;
  }

  /** The checksum of these bytes, whose own checksum field holds zero. */
  public static int of(byte[] bytes, int offset, int length, long start) {
    return ~fold(sum(bytes, offset, length, start)) & 0xffff;
  }
}
