package dev.noren.tunnel;

import java.util.concurrent.atomic.AtomicLongArray;

/** One loop's counts of dropped packets by cause. The loop writes; a reader sums several loops'. */
final class Counters {
  private final AtomicLongArray drops = new AtomicLongArray(Drop.values().length);

  /** Counts one packet. */
  void drop(Drop reason) {
    drop(reason, 1);
  }

  /** Counts several packets at once. */
  void drop(Drop reason, int packets) {
    int at = reason.ordinal();
    drops.setRelease(at, drops.getPlain(at) + packets);
  }

  long get(Drop reason) {
    return drops.get(reason.ordinal());
  }
}
