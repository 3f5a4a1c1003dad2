package dev.noren.services;

import java.util.concurrent.TimeUnit;

/**
 * When a program that ended is started again: after 1 s, and after twice as long each time that it
 * ends again, at most after 60 s. Once it has run for a minute, it begins anew.
 */
final class Backoff {
  static final long FIRST_NS = TimeUnit.SECONDS.toNanos(1);
  static final long MOST_NS = TimeUnit.SECONDS.toNanos(60);
  static final long STEADY_NS = TimeUnit.MINUTES.toNanos(1);

  private long nextNs = FIRST_NS;

  /**
   * It has ended, or could not be started.
   *
   * @param ranNs how long it ran
   * @return how long to wait, nanoseconds
   */
  long ended(long ranNs) {
    if (ranNs >= STEADY_NS) {
      nextNs = FIRST_NS;
    }
    long wait = nextNs;
    nextNs = Math.min(MOST_NS, 2 * nextNs);
    return wait;
  }
}
