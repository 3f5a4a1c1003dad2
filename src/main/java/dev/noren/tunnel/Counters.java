package dev.noren.tunnel;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** One loop's counts of dropped packets by cause. The loop writes; a reader sums several loops'. */
final class Counters {
  private final Map<Drop, AtomicLong> drops = new EnumMap<>(Drop.class);

  Counters() {
    for (Drop reason : Drop.values()) {
      drops.put(reason, new AtomicLong());
    }
  }

  /** Counts one packet. */
  void drop(Drop reason) {
    drop(reason, 1);
  }

  /** Counts several packets at once. */
  void drop(Drop reason, int packets) {
    AtomicLong count = drops.get(reason);
    count.setRelease(count.getPlain() + packets);
  }

  long get(Drop reason) {
    return drops.get(reason).get();
  }
}
