package dev.noren.update;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.time.LocalTime;

/**
 * When a new version may stay, and when one may be begun. It stays once the router has been well
 * for a minute on end: its page answers, each loop on a packet's way moves or waits, and the router
 * itself looks around. What is elsewhere, a line or a far end, has no say in it.
 */
public final class UpdateTrial {
  /** How long it has to be well. */
  public static final long WELL_NS = SECONDS.toNanos(60);

  /** A loop that has not moved for so long is stuck, as the watchdog has it. */
  public static final long STUCK_NS = SECONDS.toNanos(10);

  /** The router looks around that often at least, as the watchdog has it. */
  public static final long STALE_NS = SECONDS.toNanos(60);

  /** In whose hour of the night the box restarts by itself. */
  private static final int NIGHT_HOUR = 3;

  private boolean well;
  private long sinceNs;

  /**
   * The router was looked at.
   *
   * @param nowNs a clock that never jumps
   * @param pageAnswers whether its page does
   * @param stuckNs how long a loop of a tunnel has not got on
   * @param staleNs how long ago the router looked around
   * @return whether the new version may stay
   */
  public boolean look(long nowNs, boolean pageAnswers, long stuckNs, long staleNs) {
    boolean now = pageAnswers && stuckNs < STUCK_NS && staleNs < STALE_NS;
    if (now && !well) {
      sinceNs = nowNs;
    }
    well = now;
    return well && nowNs - sinceNs >= WELL_NS;
  }

  /** Whether nobody minds at this time of day, as people there have it, that the box restarts. */
  public static boolean isNight(LocalTime time) {
    return time.getHour() == NIGHT_HOUR;
  }
}
