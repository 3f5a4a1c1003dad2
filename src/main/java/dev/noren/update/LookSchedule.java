package dev.noren.update;

import static java.util.concurrent.TimeUnit.MINUTES;

import java.time.Duration;
import java.time.Instant;

/**
 * When the list of versions is read: first some time after the start, then once a week, and a day
 * after it could not be. Chance keeps many boxes from asking at once, as after a power cut in a
 * whole town.
 *
 * @param firstNs before this nobody asks, by a clock that never jumps
 */
public record LookSchedule(long firstNs) {
  /** The least that a box waits after its start. */
  static final long LEAST_NS = MINUTES.toNanos(10);

  /** The most. */
  static final long MOST_NS = MINUTES.toNanos(60);

  /** From one look to the next. */
  static final Duration WEEK = Duration.ofDays(7);

  /** From one that failed to the next. */
  static final Duration DAY = Duration.ofDays(1);

  /** By so much of it an interval may be longer. */
  private static final int SPREAD = 14;

  private static final Duration LONGEST = WEEK.plus(WEEK.dividedBy(SPREAD));

  /**
   * Of a router that starts now.
   *
   * @param chance from 0 to 1
   */
  public static LookSchedule from(long startNs, double chance) {
    return new LookSchedule(startNs + LEAST_NS + (long) ((MOST_NS - LEAST_NS) * chance));
  }

  /**
   * Whether it is to be read now.
   *
   * @param nowNs a clock that never jumps
   * @param now the time of day
   * @param clockIsKept whether that is known for sure
   * @param next when it is due by what was kept, or null where nothing was
   */
  public boolean isDue(long nowNs, Instant now, boolean clockIsKept, Instant next) {
    return clockIsKept
        && nowNs - firstNs >= 0
        // What is due later than any look can be was kept by a clock that was wrong.
        && (next == null || !now.isBefore(next) || next.isAfter(now.plus(LONGEST)));
  }

  /**
   * When it is due next.
   *
   * @param looked when it was read, or was to be
   * @param well whether it was
   * @param chance from 0 to 1
   */
  public static Instant next(Instant looked, boolean well, double chance) {
    Duration interval = well ? WEEK : DAY;
    return looked.plus(interval).plusMillis((long) (interval.toMillis() * chance / SPREAD));
  }
}
