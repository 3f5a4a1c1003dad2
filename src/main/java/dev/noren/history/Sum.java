package dev.noren.history;

/** What is added up of the part of the time that is under way. */
final class Sum {
  private static final int PERCENT = 100;

  private final long lengthMs;
  private long part = Long.MIN_VALUE;
  private double received;
  private double sent;
  private long knownMs;
  private double lostMs;
  private long askedMs;
  private double tenthsMs;
  private long answeredMs;

  /** Of parts of this length. */
  Sum(long lengthMs) {
    this.lengthMs = lengthMs;
  }

  /** Comes to a part, of which something may be known from before a restart. */
  void begin(long wanted, Point before) {
    if (wanted == part) {
      return;
    }
    part = wanted;
    knownMs = before == null ? 0 : before.knownPercent() * lengthMs / PERCENT;
    received = before == null ? 0 : before.received() * knownMs / 1000.0;
    sent = before == null ? 0 : before.sent() * knownMs / 1000.0;
    askedMs = before == null || before.lostPercent() < 0 ? 0 : knownMs;
    lostMs = askedMs == 0 ? 0 : (double) before.lostPercent() * askedMs;
    answeredMs = before == null || before.tenths() < 0 ? 0 : knownMs;
    tenthsMs = answeredMs == 0 ? 0 : (double) before.tenths() * answeredMs;
  }

  /**
   * Adds what was seen for a while.
   *
   * @param ms how long
   * @param answers how echoes came back, or null where none were asked
   */
  void add(long ms, long receivedBytes, long sentBytes, Answers answers) {
    knownMs += ms;
    received += receivedBytes;
    sent += sentBytes;
    if (answers != null) {
      askedMs += ms;
      lostMs += answers.lostPercent() * ms;
      if (answers.microseconds() >= 0) {
        answeredMs += ms;
        tenthsMs += answers.microseconds() / 100.0 * ms;
      }
    }
  }

  /** All of it so far. */
  Point point() {
    long known = Math.max(1, knownMs);
    return new Point(
        Math.round(received * 1000 / known),
        Math.round(sent * 1000 / known),
        Math.clamp(Math.round((double) knownMs * PERCENT / lengthMs), 1, PERCENT),
        askedMs == 0 ? -1 : (int) Math.round(lostMs / askedMs),
        answeredMs == 0 ? -1 : (int) Math.round(tenthsMs / answeredMs));
  }
}
