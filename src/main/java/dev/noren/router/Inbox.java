package dev.noren.router;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** What other threads want of the router's one thread: to be called, or to look around. */
final class Inbox implements Executor {
  /** More than this many wait only when something is stuck. */
  private static final int MOST = 64;

  private static final long PATIENCE_SECONDS = 60;

  private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(MOST);
  private volatile boolean closed;

  /** Has the router look around soon; what waits already has it do so as well. */
  void poke() {
    if (waiting.isEmpty()) {
      waiting.offer(() -> {});
    }
  }

  /**
   * Has the router's thread do something, in its turn.
   *
   * @throws RejectedExecutionException where it is ending
   */
  @Override
  public void execute(Runnable action) {
    try {
      if (!closed && waiting.offer(action, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        // Closed meanwhile, nobody would take it out any more, and who waits for it would do so.
        if (!closed || !waiting.remove(action)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new RejectedExecutionException();
  }

  /** Does what waits, after at most this long. */
  void await(long milliseconds) throws InterruptedException {
    Runnable action = waiting.poll(milliseconds, TimeUnit.MILLISECONDS);
    while (action != null) {
      action.run();
      action = waiting.poll();
    }
  }

  /** Nothing more is done for anybody; whoever waits for a task hears that it is cancelled. */
  void close() {
    closed = true;
    for (Runnable action = waiting.poll(); action != null; action = waiting.poll()) {
      if (action instanceof Future<?> task) {
        task.cancel(false);
      }
    }
  }
}
