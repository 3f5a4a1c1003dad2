package dev.noren.tun;

import dev.noren.linux.Waiter;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The thread that keeps a listener told of what happens to one TUN interface. */
final class LinkMonitor implements Link {
  /** How long a close waits for a listener to return. */
  private static final int JOIN_MS = 5000;

  private final LinkTracker tracker;
  private final Waiter waiter;
  private Thread thread;
  private boolean watched;
  private volatile boolean closed;

  /**
   * Follows the interface from the calling thread's namespace.
   *
   * @param name the interface's name
   */
  LinkMonitor(TunFile file, String name) throws IOException {
    tracker = new LinkTracker(file, name);
    try {
      waiter = new Waiter(tracker.fd());
    } catch (IOException e) {
      tracker.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return tracker.name();
  }

  @Override
  public int mtu() {
    return tracker.mtu();
  }

  @Override
  public synchronized void watch(LinkListener listener) {
    if (watched) {
      throw new IllegalStateException("the interface " + name() + " is watched already");
    }
    watched = true;
    try {
      tracker.catchUp();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (tracker.isGone()) {
      listener.linkGone();
      return;
    }
    tracker.tell(listener);
    thread = new Thread(new Following(this, listener), "link-" + name());
    thread.setDaemon(true);
    thread.start();
  }

  /** No lambda, for the reason that {@link TunFile} tells. */
  private record Following(LinkMonitor monitor, LinkListener listener) implements Runnable {
    @Override
    public void run() {
      monitor.follow(listener);
    }
  }

  private void follow(LinkListener listener) {
    while (!closed && !tracker.isGone()) {
      boolean heard = waiter.await(tracker.againMs()) != 0;
      try {
        if (!heard) {
          // Woken, or nothing was heard for the time that was set: time for a look.
          tracker.distrust();
        }
        tracker.catchUp();
      } catch (IOException e) {
        // Such as no free descriptor: a later look may do better.
        tracker.lookLater();
      }
    }
    if (!closed) {
      listener.linkGone();
    }
  }

  @Override
  public void lookNow() {
    waiter.wake();
  }

  /** Ends the telling. Waits for a listener that is being told, unless that is who calls. */
  @Override
  public void close() {
    closed = true;
    tracker.stop();
    waiter.close();
    Thread running;
    synchronized (this) {
      running = thread;
    }
    if (running != null && !running.equals(Thread.currentThread())) {
      try {
        running.join(JOIN_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    tracker.close();
  }
}
