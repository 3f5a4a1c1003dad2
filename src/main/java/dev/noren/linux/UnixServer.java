package dev.noren.linux;

import java.io.IOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Serves a few callers of a Unix socket at a time, each on a thread of its own. Callers who say
 * nothing cannot keep others out: one too many takes the place of the one that has been silent
 * longest.
 */
public final class UnixServer implements AutoCloseable {
  /** How long to wait when no caller can be taken, as with no descriptor left. */
  private static final long AGAIN_MS = 1_000;

  /** Where callers come from: a listener, but in tests. */
  public interface Source {
    /** Waits for the next caller; null when closed. */
    UnixStream accept() throws IOException;
  }

  /** One caller's conversation. */
  public interface Caller {
    /** Converses until either side has enough. */
    void run() throws IOException;

    /** How long the caller has let us wait, nanoseconds; -1 if it is the one who waits. */
    long silentNs(long nowNs);

    /** Ends the conversation, from any thread. */
    void hangUp();
  }

  private final String name;
  private final Source source;
  private final UnixListener listener;
  private final Function<UnixStream, Caller> conversation;
  private final int maxCallers;
  private final Consumer<IOException> noneTaken;
  private final Consumer<IOException> brokenOff;
  private final Set<Caller> callers = new HashSet<>();
  private final Thread thread;
  private volatile boolean closed;

  /**
   * A server that has not started yet.
   *
   * @param name what its threads are called
   * @param listener is closed with the server
   * @param conversation makes a conversation of a connection
   * @param maxCallers how many are served at once
   * @param noneTaken is told when no caller can be taken
   * @param brokenOff is told when a conversation fails
   */
  public UnixServer(
      String name,
      Source source,
      UnixListener listener,
      Function<UnixStream, Caller> conversation,
      int maxCallers,
      Consumer<IOException> noneTaken,
      Consumer<IOException> brokenOff) {
    this.name = name;
    this.source = source;
    this.listener = listener;
    this.conversation = conversation;
    this.maxCallers = maxCallers;
    this.noneTaken = noneTaken;
    this.brokenOff = brokenOff;
    thread = daemon(this::accept, name + " accept");
  }

  public void start() {
    thread.start();
  }

  private static Thread daemon(Runnable task, String threadName) {
    Thread thread = new Thread(task, threadName);
    thread.setDaemon(true);
    return thread;
  }

  private void accept() {
    while (!closed) {
      try {
        UnixStream stream = source.accept();
        if (stream != null) {
          serve(stream);
        }
      } catch (IOException e) {
        noneTaken.accept(e);
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(AGAIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(UnixStream stream) {
    Caller caller = conversation.apply(stream);
    if (enter(caller)) {
      daemon(() -> converse(caller), name).start();
    } else {
      caller.hangUp();
    }
  }

  private void converse(Caller caller) {
    try {
      caller.run();
    } catch (IOException e) {
      brokenOff.accept(e);
    } finally {
      caller.hangUp();
      leave(caller);
    }
  }

  /** Makes room for a caller; false if all others are being served right now. */
  private synchronized boolean enter(Caller caller) {
    if (closed) {
      return false;
    }
    if (callers.size() >= maxCallers) {
      long nowNs = System.nanoTime();
      Caller silent =
          Collections.max(callers, Comparator.comparingLong(other -> other.silentNs(nowNs)));
      if (silent.silentNs(nowNs) < 0) {
        return false;
      }
      silent.hangUp();
      callers.remove(silent);
    }
    return callers.add(caller);
  }

  private synchronized void leave(Caller caller) {
    callers.remove(caller);
  }

  /** Takes no more callers and hangs up on those there are. */
  @Override
  public void close() {
    closed = true;
    listener.close();
    synchronized (this) {
      callers.forEach(Caller::hangUp);
    }
  }
}
