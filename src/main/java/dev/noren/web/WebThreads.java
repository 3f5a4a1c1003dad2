package dev.noren.web;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Platform threads, one for each request while it lasts: a slow client holds up only itself, and
 * who comes when all are busy is cut off. Virtual threads would let slow clients freeze the box on
 * two cores, since reading them pins their carriers on Java 21.
 */
final class WebThreads {
  /** Small, since a request calls little. */
  private static final long STACK_BYTES = 256 << 10;

  private static final long IDLE_SECONDS = 10;

  private WebThreads() {}

  /** So many at most, under this name. */
  static ExecutorService of(int most, String name) {
    return new ThreadPoolExecutor(
        0,
        most,
        IDLE_SECONDS,
        SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(null, task, name, STACK_BYTES);
          thread.setDaemon(true);
          return thread;
        });
  }
}
