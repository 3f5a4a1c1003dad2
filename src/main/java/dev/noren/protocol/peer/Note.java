package dev.noren.protocol.peer;

import dev.noren.net.IpAddress;

/**
 * Counts something that should not happen, and remembers when it last did and, once a second at
 * most, from where: so that a flood of it costs no memory. One loop writes; any thread reads.
 */
public final class Note {
  private static final long NEVER = Long.MIN_VALUE;

  /** How often a source is noted at most, nanoseconds. */
  private static final long SOURCE_NS = 1_000_000_000L;

  private volatile long count;
  private volatile long lastNs = NEVER;
  private volatile IpAddress source;
  private long sourceNs = NEVER;

  /**
   * What is known of it.
   *
   * @param count how often it happened
   * @param ageNs how long ago it last did, nanoseconds; -1 for never
   * @param source one of the addresses that it came from lately, or null
   */
  public record Noted(long count, long ageNs, IpAddress source) {
    /** What has never happened. */
    public static final Noted NEVER = new Noted(0, -1, null);
  }

  /** It happened. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one loop writes
  public void happened(long nowNs) {
    count++;
    lastNs = nowNs;
  }

  /** Whether its source is worth noting again. */
  public boolean wantsSource(long nowNs) {
    return sourceNs == NEVER || nowNs - sourceNs >= SOURCE_NS;
  }

  /** It came from there. */
  public void source(IpAddress from, long nowNs) {
    source = from;
    sourceNs = nowNs;
  }

  /** It is over: what comes from now on is counted anew. */
  public void over() {
    count = 0;
    lastNs = NEVER;
  }

  /** What is known of it. */
  public Noted now(long nowNs) {
    long at = lastNs;
    return at == NEVER ? Noted.NEVER : new Noted(count, Math.max(0, nowNs - at), source);
  }
}
