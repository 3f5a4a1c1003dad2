package dev.noren.state;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** The time of day, which tests may shift for one process without touching the machine's clock. */
public final class WallClock {
  /** Seconds that the clock is ahead, or behind where it is negative; only for tests. */
  static final String OFFSET = "NOREN_TEST_CLOCK_OFFSET_SECONDS";

  private WallClock() {}

  /**
   * The machine's clock, shifted as the environment says.
   *
   * @throws IllegalArgumentException with a sentence
   */
  public static InstantSource of(Map<String, String> environment) {
    String text = environment.getOrDefault(OFFSET, "");
    if (text.isEmpty()) {
      return InstantSource.system();
    }
    try {
      return InstantSource.offset(InstantSource.system(), Duration.ofSeconds(Long.parseLong(text)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(OFFSET + " is not a number of seconds", e);
    }
  }
}
