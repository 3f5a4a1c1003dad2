package dev.noren.led;

/**
 * When the lights rest, in minutes after midnight. A night that begins later in the day than it
 * ends goes over midnight.
 *
 * @param from its first minute
 * @param to the first minute after it
 */
record Night(int from, int to) {
  /** It is never night. */
  static final Night NEVER = new Night(-1, -1);

  /** Whether a minute of the day is in it. */
  boolean has(int minute) {
    return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
  }
}
