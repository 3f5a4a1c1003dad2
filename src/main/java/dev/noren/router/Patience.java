package dev.noren.router;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.control.Confirmation;
import dev.noren.notice.NoticeBook;
import java.util.Map;

/**
 * How long a change waits to be confirmed, and the like, which tests may shorten for one process.
 */
final class Patience {
  /** Seconds that a change waits; only for tests. */
  static final String SECONDS_TO_CONFIRM = "NOREN_TEST_CONFIRM_SECONDS";

  /** Seconds that the shop has to be down before its owner is told; only for tests. */
  static final String SECONDS_DOWN = "NOREN_TEST_DOWN_SECONDS";

  private Patience() {}

  /**
   * The usual time, or the environment's, in nanoseconds.
   *
   * @throws IllegalArgumentException with a sentence
   */
  static long ns(Map<String, String> environment) {
    return ns(environment, SECONDS_TO_CONFIRM, Confirmation.PATIENCE_NS);
  }

  /** How long the shop has to be down before its owner is told, in the same way. */
  static long downNs(Map<String, String> environment) {
    return ns(environment, SECONDS_DOWN, NoticeBook.USUAL_PATIENCE_NS);
  }

  private static long ns(Map<String, String> environment, String name, long usualNs) {
    String text = environment.getOrDefault(name, "");
    if (text.isEmpty()) {
      return usualNs;
    }
    try {
      return SECONDS.toNanos(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is not a number of seconds", e);
    }
  }
}
