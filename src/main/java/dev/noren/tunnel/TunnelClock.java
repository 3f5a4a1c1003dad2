package dev.noren.tunnel;

/** The two times that a tunnel needs. */
public interface TunnelClock {
  /** Nanoseconds that only go forward, 0 or more; for every deadline. */
  long nowNs();

  /** Nanoseconds since 1970, which may jump; only shown, never decided on. */
  long unixNs();

  /** The machine's clocks. */
  static TunnelClock system() {
    long start = System.nanoTime();
    return new TunnelClock() {
      @Override
      public long nowNs() {
        return System.nanoTime() - start;
      }

      @Override
      public long unixNs() {
        java.time.Instant now = java.time.Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
      }
    };
  }
}
