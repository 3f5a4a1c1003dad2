package dev.noren.protocol.peer;

import java.util.concurrent.TimeUnit;

/**
 * The timer that keeps a NAT's mapping open: it is due when nothing authenticated went either way
 * for the set number of seconds.
 */
final class PersistentKeepalive {
  /** The longest time that can be set. */
  static final int MAX_SECONDS = 65_535;

  private final Deadline deadline = new Deadline();
  private volatile int seconds;

  /** The set time, 0 for off. */
  int seconds() {
    return seconds;
  }

  /** When it is due, or {@link Deadline#NONE}. */
  long atNs() {
    return deadline.atNs();
  }

  /**
   * Sets the time between keepalives; 0 is off.
   *
   * @throws IllegalArgumentException outside 0 to 65535
   */
  void set(int newSeconds) {
    if (newSeconds < 0 || newSeconds > MAX_SECONDS) {
      throw new IllegalArgumentException(
          "a persistent keepalive of " + newSeconds + " s is not between 0 (off) and 65535");
    }
    seconds = newSeconds;
  }

  /** When it is due if nothing more happens after this time, or {@link Deadline#NONE} if off. */
  long after(long nowNs) {
    return after(nowNs, seconds);
  }

  /** Makes it due at this time, or takes it away if it is off. */
  void arm(long atNs) {
    int used;
    do {
      used = seconds;
      deadline.arm(used == 0 ? Deadline.NONE : atNs);
    } while (used != seconds); // a setting changed meanwhile must not be undone
  }

  /**
   * After anything authenticated went either way.
   *
   * @return when it is due now
   */
  long postpone(long nowNs) {
    if (seconds == 0) {
      return Deadline.NONE;
    }
    long next;
    int used;
    do {
      used = seconds;
      next = after(nowNs, used);
      deadline.arm(next);
    } while (used != seconds); // the old setting must not stand for its hours
    return next;
  }

  /** Takes it away until it is armed again. */
  void clear() {
    deadline.arm(Deadline.NONE);
  }

  /**
   * Fires it once if it is due. It re-arms itself then: the keepalive it asks for might not be sent
   * for want of a session, and so never postpone it.
   */
  boolean expire(long nowNs) {
    int used = seconds;
    return deadline.expire(nowNs, after(nowNs, used)) && used != 0;
  }

  private static long after(long nowNs, int seconds) {
    return seconds == 0 ? Deadline.NONE : nowNs + TimeUnit.SECONDS.toNanos(seconds);
  }
}
