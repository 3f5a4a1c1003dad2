package dev.noren.history;

import java.util.Arrays;

/**
 * What is usual of a line or tunnel, by the minutes of the last day and the hours of 90 days.
 *
 * @param mostReceived the most that one of these parts had, bytes a second
 * @param mostSent the same of what was sent
 * @param microseconds what an answer took in a calm quarter of the last day at most, or -1 where
 *     fewer than ten minutes are known
 */
public record Usual(long mostReceived, long mostSent, long microseconds) {
  private static final int QUARTER = 4;

  /** Of fewer minutes nothing is usual yet. */
  static final int LEAST_MINUTES = 10;

  private static final long US_OF_TENTH = 100;

  /** Until now, of parts of which the newest may be under way. */
  static Usual of(Parts minutes, Parts hours) {
    long received = 0;
    long sent = 0;
    int[] tenths = new int[minutes.by().parts()];
    int answered = 0;
    for (Parts parts : new Parts[] {minutes, hours}) {
      for (long part = parts.newest() - parts.by().parts() + 1; part <= parts.newest(); part++) {
        Point point = parts.get(part);
        if (point == null) {
          continue;
        }
        received = Math.max(received, point.received());
        sent = Math.max(sent, point.sent());
        if (parts == minutes && point.tenths() >= 0) {
          tenths[answered++] = point.tenths();
        }
      }
    }
    Arrays.sort(tenths, 0, answered);
    return new Usual(
        received, sent, answered < LEAST_MINUTES ? -1 : tenths[answered / QUARTER] * US_OF_TENTH);
  }
}
