package dev.noren.router;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.update.UpdateTrial;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.tinylog.Logger;

/**
 * Watches the router while its version is on trial, on a thread of its own: asking the page may
 * take long, and the router must not wait for that.
 */
final class UpdateWatch implements AutoCloseable {
  /** How often it is looked at. */
  static final long EVERY_NS = SECONDS.toNanos(2);

  private final Sight sight;
  private final BooleanSupplier keep;
  private final Thread thread;
  private volatile boolean ending;

  /** What is seen of the router. */
  interface Sight {
    long nowNs();

    /** Whether its page answers. */
    boolean pageAnswers();

    /** How long a loop of a tunnel has not got on. */
    long stuckNs();

    /** How long ago it looked around. */
    long staleNs();

    /** Waits until it is to be looked at again. */
    default void pause() {
      LockSupport.parkNanos(this, EVERY_NS);
    }
  }

  /**
   * Begins.
   *
   * @param keep has the version stay, and says whether that was done; else it is tried again
   */
  UpdateWatch(Sight sight, BooleanSupplier keep) {
    this.sight = sight;
    this.keep = keep;
    thread = new Thread(this::run, "noren-update");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    UpdateTrial trial = new UpdateTrial();
    boolean wasWell = true;
    while (!ending) {
      boolean answers = sight.pageAnswers();
      long stuckNs = sight.stuckNs();
      long staleNs = sight.staleNs();
      boolean well = answers && stuckNs < UpdateTrial.STUCK_NS && staleNs < UpdateTrial.STALE_NS;
      if (well != wasWell) {
        Logger.info(
            "The version on trial {}: the page {}, a loop of a tunnel has not moved for {} s, the"
                + " router looked around {} s ago.",
            well ? "is well" : "is not well yet",
            answers ? "answers" : "does not answer",
            NANOSECONDS.toSeconds(stuckNs),
            NANOSECONDS.toSeconds(staleNs));
      }
      wasWell = well;
      if (trial.look(sight.nowNs(), answers, stuckNs, staleNs) && keep.getAsBoolean()) {
        return;
      }
      sight.pause();
    }
  }

  @Override
  public void close() {
    ending = true;
    LockSupport.unpark(thread);
  }
}
