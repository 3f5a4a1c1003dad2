package dev.noren.tunnel;

import java.util.ArrayList;
import java.util.List;
import org.tinylog.Logger;

/** The threads of one tunnel's loops. Started and joined by one thread. */
final class LoopThreads {
  private static final long JOIN_MS = 3_000;

  private final String tunnel;
  private final Runnable onEnd;
  private final Runnable onFailure;
  private final List<Thread> threads = new ArrayList<>();

  /**
   * None yet.
   *
   * @param tunnel whose they are: a part of their names
   * @param onEnd called by the thread whose loop returns
   * @param onFailure called by the thread whose loop throws, after that was logged
   */
  LoopThreads(String tunnel, Runnable onEnd, Runnable onFailure) {
    this.tunnel = tunnel;
    this.onEnd = onEnd;
    this.onFailure = onFailure;
  }

  /** Starts one. */
  void start(String role, Runnable loop) {
    Thread thread =
        new Thread(
            () -> {
              loop.run();
              onEnd.run();
            },
            "noren-" + role + " " + tunnel);
    thread.setUncaughtExceptionHandler(
        (failed, error) -> {
          Logger.error(error, "{}: the loop {} failed", tunnel, failed.getName());
          onFailure.run();
        });
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /** Waits for all to end, but not for ever. */
  void join() {
    try {
      for (Thread thread : threads) {
        thread.join(JOIN_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
