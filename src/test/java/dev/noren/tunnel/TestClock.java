package dev.noren.tunnel;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The machine's monotonic clock, which a test may put forward or stop, and a wall clock that it may
 * set.
 */
public final class TestClock implements TunnelClock {
  private static final long RUNNING = -1;

  private final long startNs = System.nanoTime();
  private final AtomicLong forwardNs = new AtomicLong();
  private final AtomicLong wallNs = new AtomicLong(1_800_000_000_000_000_000L);
  private volatile long stoppedNs = RUNNING;

  /** Lets time pass only by {@link #forward} from now on; before a tunnel looks at the clock. */
  void stop() {
    stoppedNs = System.nanoTime() - startNs;
  }

  /** Puts the clock forward; wake the tunnels afterwards. */
  void forward(long ns) {
    forwardNs.addAndGet(ns);
  }

  /** Makes the wall clock step, forward or back; deadlines don't follow it. */
  void stepWall(long ns) {
    wallNs.addAndGet(ns);
  }

  @Override
  public long nowNs() {
    long stopped = stoppedNs;
    long elapsedNs = stopped == RUNNING ? System.nanoTime() - startNs : stopped;
    return elapsedNs + forwardNs.get();
  }

  @Override
  public long unixNs() {
    return wallNs.get() + nowNs();
  }
}
