package dev.noren.street;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Waits by looking again and again until a deadline: no test sleeps and hopes. */
public final class Wait {
  /** Long enough for a loaded machine; a test that passes never waits for it. */
  public static final Duration LONG = Duration.ofSeconds(20);

  private static final long STEP_MS = 20;

  private Wait() {}

  /**
   * Waits until the condition holds; fails with {@code what} when it doesn't within {@link #LONG}.
   */
  public static void until(String what, BooleanSupplier condition) {
    until(what, LONG, condition, () -> "");
  }

  /**
   * Waits until the condition holds.
   *
   * @param what what was waited for, for the failure's message
   * @param atMost after this time the wait fails
   * @param evidence asked on failure: what was seen instead
   */
  public static void until(
      String what, Duration atMost, BooleanSupplier condition, Supplier<String> evidence) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "Waited " + atMost.toSeconds() + " s in vain: " + what + ". " + evidence.get());
      }
      pause(STEP_MS);
    }
  }

  /**
   * Waits until a figure has stayed the same for so long, and returns it: what was under way when
   * its cause had ended is in it.
   */
  public static long settled(String what, Duration rest, LongSupplier figure) {
    long[] last = {figure.getAsLong(), System.nanoTime()};
    until(
        what,
        () -> {
          long now = figure.getAsLong();
          if (now != last[0]) {
            last[0] = now;
            last[1] = System.nanoTime();
          }
          return System.nanoTime() - last[1] > rest.toNanos();
        });
    return last[0];
  }

  /** Sleeps; an interrupt ends the test. */
  public static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The test was interrupted while it waited.", e);
    }
  }
}
