package dev.noren.protocol.session;

/**
 * Accepts each counter once: the sliding bitmap of RFC 6479, 8192 bits of which 8128 are usable (WP
 * 5.4.6). A counter more than 8128 behind the highest accepted one is too old to tell. Counters are
 * unsigned 64-bit numbers. Only authenticated counters may be shown to it, by one thread at a time.
 */
public final class ReplayWindow {
  private static final int BLOCKS = 128;
  private static final int BLOCK_SHIFT = 6;

  /** How far behind the highest accepted counter another is still judged. */
  public static final int SIZE = (BLOCKS - 1) << BLOCK_SHIFT;

  private final long[] blocks = new long[BLOCKS];
  private long highest;

  /**
   * Takes a counter into the window.
   *
   * @param counter unsigned
   * @return false if it was accepted before or lies behind the window
   */
  public boolean accept(long counter) {
    if (Long.compareUnsigned(counter, highest) > 0) {
      advanceTo(counter);
    } else if (Long.compareUnsigned(highest - counter, SIZE) > 0) {
      return false;
    }
    int block = (int) (counter >>> BLOCK_SHIFT) & (BLOCKS - 1);
    long bit = 1L << counter;
    long before = blocks[block];
    blocks[block] = before | bit;
    return (before & bit) == 0;
  }

  /** Clears the blocks between the old highest counter and the new one: all of them at most. */
  private void advanceTo(long counter) {
    long from = highest >>> BLOCK_SHIFT;
    int steps = (int) Math.min((counter >>> BLOCK_SHIFT) - from, BLOCKS);
    for (int step = 1; step <= steps; step++) {
      blocks[(int) (from + step) & (BLOCKS - 1)] = 0;
    }
    highest = counter;
  }
}
