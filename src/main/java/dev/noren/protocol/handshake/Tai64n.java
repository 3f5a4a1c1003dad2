package dev.noren.protocol.handshake;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The timestamp of an initiation (WP 5.4.2), 12 bytes that order as time does: big-endian 64-bit
 * seconds from a base, then big-endian 32-bit nanoseconds within the second.
 */
public final class Tai64n {
  /** Bytes in a timestamp. */
  public static final int SIZE = 12;

  /**
   * Nanoseconds within a second are rounded down to a multiple of this, so that the exact time of
   * sending stays private. It is the power of two below the 20 ms that part two initiations.
   */
  public static final long STEP_NS = 1L << 24;

  /** The label of 1970-01-01 00:00:00 UTC, whose ten seconds are the TAI offset of that day. */
  private static final long UNIX_EPOCH = 0x400000000000000aL;

  private static final long SECOND_NS = 1_000_000_000L;

  private Tai64n() {}

  /**
   * Writes 12 bytes at {@code offset}.
   *
   * @param unixNs nanoseconds since 1970; negative before it, as a wrong clock may say
   */
  public static void write(long unixNs, byte[] out, int offset) {
    long seconds = Math.floorDiv(unixNs, SECOND_NS);
    long nanoseconds = Math.floorMod(unixNs, SECOND_NS) & -STEP_NS;
    ByteBuffer.wrap(out, offset, SIZE)
        .putLong(UNIX_EPOCH + seconds)
        .putInt(Math.toIntExact(nanoseconds));
  }

  /** Below 0, 0 or above 0, as the first timestamp is earlier, the same or later. */
  public static int compare(byte[] a, int aOffset, byte[] b, int bOffset) {
    return Arrays.compareUnsigned(a, aOffset, aOffset + SIZE, b, bOffset, bOffset + SIZE);
  }

  /**
   * The time of a timestamp in nanoseconds since 1970. What lies beyond the range of a {@code long}
   * (the years 1677 to 2262) gives the nearest end of it.
   */
  public static long toUnixNs(byte[] timestamp, int offset) {
    ByteBuffer buffer = ByteBuffer.wrap(timestamp, offset, SIZE);
    long label = buffer.getLong();
    long nanoseconds = Integer.toUnsignedLong(buffer.getInt());
    if (label < 0) {
      return Long.MAX_VALUE; // labels are unsigned
    }
    long seconds = label - UNIX_EPOCH;
    try {
      return Math.addExact(Math.multiplyExact(seconds, SECOND_NS), nanoseconds);
    } catch (ArithmeticException e) {
      return seconds < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
