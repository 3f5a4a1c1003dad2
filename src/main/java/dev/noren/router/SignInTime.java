package dev.noren.router;

import java.time.Duration;
import java.util.Map;

/**
 * How long a sign-in lasts, which tests may shorten for one process.
 *
 * @param always how long each lasts, or null for what its group says
 */
record SignInTime(Duration always) {
  /** Seconds that a sign-in lasts; only for tests. */
  static final String SECONDS = "NOREN_TEST_SIGN_IN_SECONDS";

  /**
   * As groups say, or the environment.
   *
   * @throws IllegalArgumentException with a sentence
   */
  static SignInTime of(Map<String, String> environment) {
    String text = environment.getOrDefault(SECONDS, "");
    try {
      return new SignInTime(text.isEmpty() ? null : Duration.ofSeconds(Long.parseLong(text)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(SECONDS + " is not a number of seconds", e);
    }
  }

  Duration of(int hours) {
    return always == null ? Duration.ofHours(hours) : always;
  }
}
