package dev.noren.linux;

/** How long a caller has let us wait: said by the conversation's thread, asked by any other. */
public final class Silence {
  private volatile long sinceNs;
  private volatile boolean waiting;

  /** Before we read from the caller or write to it. */
  public void begin() {
    sinceNs = System.nanoTime();
    waiting = true;
  }

  /** Once that is done, and it is the caller who waits. */
  public void end() {
    waiting = false;
  }

  /** For how long we have waited, nanoseconds; -1 if it is the caller who waits. */
  public long ns(long nowNs) {
    return waiting ? Math.max(0, nowNs - sinceNs) : -1;
  }
}
