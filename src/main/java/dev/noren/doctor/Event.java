package dev.noren.doctor;

/**
 * Something that happens now and then.
 *
 * @param count how often so far
 * @param ageSeconds how long ago it last did, or null for never
 */
public record Event(long count, Long ageSeconds) {
  /** What has never happened. */
  public static final Event NEVER = new Event(0, null);

  /** Whether it happened in the last so many seconds. */
  public boolean within(long seconds) {
    return ageSeconds != null && ageSeconds <= seconds;
  }
}
