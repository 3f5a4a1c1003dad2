package dev.noren;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What other threads want of the router's one thread: to be called, or to look around. */
final class Inbox {
  /** More than this many wait only when something is stuck. */
  private static final int MOST = 64;

  /** Longer than applying everything takes, with a DHCP client that does not want to end. */
  private static final long PATIENCE_SECONDS = 60;

  private final BlockingQueue<FutureTask<?>> waiting = new ArrayBlockingQueue<>(MOST);
  private volatile boolean closed;

  /** Has the router look around soon. */
  void poke() {
    // A full queue wakes it just as well.
    waiting.offer(new FutureTask<>(() -> null));
  }

  /**
   * Has the router's thread do something, and waits for it.
   *
   * @throws IOException with a sentence, what it threw or that it did not come to it
   */
  <T> T call(Callable<T> action) throws IOException {
    FutureTask<T> task = new FutureTask<>(action);
    if (closed || !waiting.offer(task)) {
      throw new IOException(closed ? "the router is ending" : "the router is too busy; try again");
    }
    try {
      return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } catch (TimeoutException e) {
      task.cancel(false);
      throw new IOException(
          "the router did not answer for " + PATIENCE_SECONDS + " s; noren status shows why", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static IOException rethrown(Throwable cause) {
    if (cause instanceof RuntimeException runtime) {
      throw runtime;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof IOException io ? io : new IOException(cause.getMessage(), cause);
  }

  /** Does what waits, after at most this long. */
  void await(long milliseconds) throws InterruptedException {
    FutureTask<?> task = waiting.poll(milliseconds, TimeUnit.MILLISECONDS);
    while (task != null) {
      task.run();
      task = waiting.poll();
    }
  }

  /** Nothing more is done for anybody. */
  void close() {
    closed = true;
    for (FutureTask<?> task = waiting.poll(); task != null; task = waiting.poll()) {
      task.cancel(false);
    }
  }
}
