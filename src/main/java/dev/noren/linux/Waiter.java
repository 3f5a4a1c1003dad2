package dev.noren.linux;

/**
 * Waits until one of some descriptors is readable, and can be woken. One thread waits; any thread
 * wakes or closes. Closing ends the wait for good, and does not close the descriptors.
 */
public final class Waiter implements AutoCloseable {
  private final Fd[] fds;
  private final EventFd bell = new EventFd();
  private final Poller poller;
  private volatile boolean closed;

  /** A waiter for at most 31 descriptors, which stay the caller's. */
  public Waiter(Fd... fds) throws LinuxException {
    this.fds = fds.clone();
    poller = new Poller(fds.length + 1);
  }

  /** Waits without an end, see {@link #await(int)}. */
  public int await() {
    return await(Poller.FOREVER);
  }

  /**
   * Waits for the descriptors. A wake counts before data, so that a busy descriptor can't hide it.
   *
   * @param timeoutMs milliseconds, or {@link Poller#FOREVER}
   * @return a bit for each descriptor that is readable, failed or hung up, in the order they were
   *     given; 0 when woken, closed, timed out, or when one of the descriptors is closed
   */
  public int await(int timeoutMs) {
    if (closed) {
      // The bell's last ring may have been taken together with an earlier one.
      return 0;
    }
    int held = 0;
    try {
      while (held < fds.length) {
        int number = fds[held].acquire();
        if (number == Fd.CLOSED) {
          return 0;
        }
        poller.watch(held, number, Poller.IN);
        held++;
      }
      return pollWithBell(timeoutMs);
    } finally {
      for (int i = 0; i < held; i++) {
        fds[i].release();
      }
    }
  }

  private int pollWithBell(int timeoutMs) {
    int number = bell.fd().acquire();
    if (number == Fd.CLOSED) {
      return 0;
    }
    try {
      poller.watch(fds.length, number, Poller.IN);
      poller.await(timeoutMs);
    } finally {
      bell.fd().release();
    }
    if (poller.ready(fds.length) != 0) {
      bell.drain();
      return 0;
    }
    int ready = 0;
    for (int i = 0; i < fds.length; i++) {
      ready |= poller.ready(i) != 0 ? 1 << i : 0;
    }
    return ready;
  }

  /** What a descriptor reported when {@link #await} last returned, as bits of {@link Poller}. */
  public int events(int index) {
    return poller.ready(index);
  }

  /** Ends the wait that runs, or else the next one. */
  public void wake() {
    bell.signal();
  }

  @Override
  public void close() {
    closed = true;
    bell.signal();
    bell.close();
  }
}
