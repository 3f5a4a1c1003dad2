package dev.noren.router;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.control.Confirmation;
import java.util.Map;

/** How long a change waits to be confirmed, which tests may shorten for one process. */
final class Patience {
  /** Seconds that a change waits; only for tests. */
  static final String SECONDS_TO_CONFIRM = "NOREN_TEST_CONFIRM_SECONDS";

  private Patience() {}

  /**
   * The usual time, or the environment's, in nanoseconds.
   *
   * @throws IllegalArgumentException with a sentence
   */
  static long ns(Map<String, String> environment) {
    String text = environment.getOrDefault(SECONDS_TO_CONFIRM, "");
    if (text.isEmpty()) {
      return Confirmation.PATIENCE_NS;
    }
    try {
      return SECONDS.toNanos(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(SECONDS_TO_CONFIRM + " is not a number of seconds", e);
    }
  }
}
