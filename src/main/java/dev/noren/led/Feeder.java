package dev.noren.led;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.led.Lights.Pulse;
import org.tinylog.Logger;

/**
 * Feeds the watchdog while, and only while, the router gets on: each loop on a packet's way moved
 * or waited within 10 s, and the router itself looked around within a minute, which is as long as
 * carrying a change out may take.
 */
final class Feeder {
  /** A board's watchdog bites after 15 s or later. */
  static final long EVERY_NS = SECONDS.toNanos(4);

  static final long PATH_NS = SECONDS.toNanos(10);
  static final long STALE_NS = SECONDS.toNanos(60);

  private final Watchdog watchdog;
  private final Pulse pulse;
  private long dueNs;
  private String told = "";

  Feeder(Watchdog watchdog, Pulse pulse, long nowNs) {
    this.watchdog = watchdog;
    this.pulse = pulse;
    this.dueNs = nowNs;
  }

  /**
   * Feeds it where that is due.
   *
   * @param lookedNs when the router last looked around
   * @return when it is due next
   */
  long turn(long nowNs, long lookedNs) {
    if (nowNs - dueNs >= 0) {
      dueNs = nowNs + EVERY_NS;
      String why = reason(nowNs, lookedNs);
      tell(why == null ? watchdog.feed() : why);
    }
    return dueNs;
  }

  /** Why it is not fed, or null. */
  private String reason(long nowNs, long lookedNs) {
    long stuckNs = pulse.stuckNs(nowNs);
    if (stuckNs >= PATH_NS) {
      return "a loop of a tunnel has not moved for " + NANOSECONDS.toSeconds(stuckNs) + " s";
    }
    long staleNs = nowNs - lookedNs;
    return staleNs >= STALE_NS
        ? "the router has not looked around for " + NANOSECONDS.toSeconds(staleNs) + " s"
        : null;
  }

  private void tell(String why) {
    String now = why == null ? "" : why;
    if (now.isEmpty() != told.isEmpty()) {
      if (now.isEmpty()) {
        Logger.info("The watchdog is fed again.");
      } else {
        Logger.error("The watchdog is not fed, and will restart the machine: {}.", now);
      }
    }
    told = now;
  }

  /** At an orderly end. */
  void release() {
    watchdog.release();
  }
}
