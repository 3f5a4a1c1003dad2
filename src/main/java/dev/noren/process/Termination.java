package dev.noren.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets SIGTERM and Ctrl-C end the program in order: the main thread is told, does its undoing, and
 * only then does the process go. It is opened before all that is to be undone and closed after it.
 */
public final class Termination implements AutoCloseable {
  /** How long the undoing may take: routes, rules and DNS are quick, but a hook may not be. */
  private static final long PATIENCE_SECONDS = 150;

  private volatile int exitCode;
  private final CountDownLatch undone = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "noren-termination");
  private Runnable toCall;
  private boolean told;

  /** Listens from now on. */
  public Termination() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * What has the main thread go on to its undoing; called at once if the process was already told
   * to end.
   */
  public synchronized void calls(Runnable action) {
    toCall = action;
    if (told) {
      action.run();
    }
  }

  /** How the undoing went: the exit code of a process that was told to end. */
  public void exitsWith(int code) {
    exitCode = code;
  }

  private void end() {
    tell();
    try {
      if (undone.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(exitCode);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void tell() {
    told = true;
    if (toCall != null) {
      toCall.run();
    }
  }

  /** After all is undone. */
  @Override
  public void close() {
    undone.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is being ended: the hook goes on now.
    }
  }
}
