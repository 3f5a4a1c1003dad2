package dev.noren.access;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.HashMap;
import java.util.Map;

/**
 * How often somebody may try. Five failures are free; each further one has to wait, twice as long
 * each time. Who succeeds, or does not fail for an hour, begins anew.
 */
final class Attempts {
  static final int FREE = 5;
  static final long FIRST_WAIT_NS = SECONDS.toNanos(60);
  static final long LONGEST_WAIT_NS = HOURS.toNanos(1);
  static final long FORGOTTEN_NS = HOURS.toNanos(1);

  /** So many are known at once. */
  static final int MOST = 1024;

  private final Map<String, Failures> all = new HashMap<>();
  private final boolean open;

  /** Whoever comes when so many are known has to wait until some are forgotten. */
  Attempts() {
    this(false);
  }

  /**
   * @param open whether somebody new may try all the same when so many are known, so that nobody is
   *     locked out by others
   */
  Attempts(boolean open) {
    this.open = open;
  }

  /**
   * What is known of one.
   *
   * @param count how often it failed
   * @param untilNs until when it has to wait
   */
  private record Failures(int count, long untilNs) {
    boolean isForgotten(long nowNs) {
      return nowNs - untilNs >= FORGOTTEN_NS;
    }
  }

  /** How long somebody still has to wait, nanoseconds; 0 for not at all. */
  long waitNs(String who, long nowNs) {
    Failures failures = known(who, nowNs);
    if (failures == null) {
      return open || hasRoom(nowNs) ? 0 : FIRST_WAIT_NS;
    }
    return Math.max(0, failures.untilNs - nowNs);
  }

  private Failures known(String who, long nowNs) {
    Failures failures = all.get(who);
    return failures == null || failures.isForgotten(nowNs) ? null : failures;
  }

  private boolean hasRoom(long nowNs) {
    if (all.size() >= MOST) {
      all.values().removeIf(each -> each.isForgotten(nowNs));
    }
    return all.size() < MOST;
  }

  /** After somebody failed who had not to wait. */
  void failed(String who, long nowNs) {
    Failures before = known(who, nowNs);
    if (before == null && !hasRoom(nowNs)) {
      return;
    }
    int count = before == null ? 1 : before.count + 1;
    all.put(who, new Failures(count, nowNs + waitAfterNs(count)));
  }

  static long waitAfterNs(int failures) {
    int doubled = failures - FREE;
    if (doubled < 0) {
      return 0;
    }
    // Beyond six doublings it is the longest anyway, and a shift would not stay a number.
    return Math.min(FIRST_WAIT_NS << Math.min(doubled, 6), LONGEST_WAIT_NS);
  }

  /** After somebody succeeded. */
  void succeeded(String who) {
    all.remove(who);
  }

  int size() {
    return all.size();
  }
}
