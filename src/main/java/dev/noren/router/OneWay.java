package dev.noren.router;

import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * For how long data has gone to one peer while none came back. For one thread, which looks often.
 */
final class OneWay {
  /** Who has sent nothing for so long waits for nothing any more, nanoseconds. */
  private static final long PAUSE_NS = SECONDS.toNanos(15);

  private long sentBytes = -1;
  private long lastSentNs;
  private long sinceNs;
  private boolean waiting;

  /**
   * Looks at the counters.
   *
   * @param nowSentBytes what was sent so far
   * @param dataAgeNs how long ago data last came, or negative for never
   * @param nowNs a clock that never jumps
   */
  void look(long nowSentBytes, long dataAgeNs, long nowNs) {
    boolean grew = sentBytes >= 0 && nowSentBytes > sentBytes;
    sentBytes = nowSentBytes;
    if (waiting && dataAgeNs >= 0 && nowNs - dataAgeNs >= sinceNs) {
      waiting = false;
    }
    if (grew) {
      if (!waiting) {
        waiting = true;
        sinceNs = nowNs;
      }
      lastSentNs = nowNs;
    } else if (waiting && nowNs - lastSentNs > PAUSE_NS) {
      waiting = false;
    }
  }

  /** For how long, nanoseconds; 0 while it is answered, or nothing is sent. */
  long ns() {
    return waiting ? lastSentNs - sinceNs : 0;
  }
}
