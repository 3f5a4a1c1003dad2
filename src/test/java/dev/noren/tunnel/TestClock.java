package dev.noren.tunnel;

import java.util.concurrent.atomic.AtomicLong;

/** The machine's monotonic clock, which a test may put forward. */
final class TestClock implements TunnelClock {
  private final long startNs = System.nanoTime();
  private final AtomicLong forwardNs = new AtomicLong();

  /** Puts the clock forward; wake the tunnels afterwards. */
  void forward(long ns) {
    forwardNs.addAndGet(ns);
  }

  @Override
  public long nowNs() {
    return System.nanoTime() - startNs + forwardNs.get();
  }

  @Override
  public long unixNs() {
    return 1_800_000_000_000_000_000L + nowNs();
  }
}
