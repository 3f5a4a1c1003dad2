package dev.noren.protocol.cookie;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.net.IpAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many handshake messages one source may have read under load (WP 5.3): a bucket of tokens for
 * each IPv4 address and each IPv6 /64, which is what one customer gets. The numbers are the Linux
 * driver's. It belongs to one thread.
 */
public final class RateLimiter {
  /** Messages a second that one source may go on with. */
  public static final int MESSAGES_PER_SECOND = 20;

  /** Messages at once from a source that was silent. */
  public static final int BURST = 5;

  /** Sources remembered at once; more are refused until one falls silent. */
  public static final int SOURCES = 16_384;

  private static final long COST_NS = SECONDS.toNanos(1) / MESSAGES_PER_SECOND;
  private static final long FULL_NS = BURST * COST_NS;
  private static final long IDLE_NS = SECONDS.toNanos(1);

  private final int sources;

  /** In the order of their last message, the longest silent first. */
  private final Map<IpAddress, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  /** Tokens are time: a message costs {@link #COST_NS}, and a nanosecond brings one. */
  private static final class Bucket {
    private long tokensNs = FULL_NS;
    private long lastNs;
  }

  /** With room for {@link #SOURCES} sources. */
  public RateLimiter() {
    this(SOURCES);
  }

  RateLimiter(int sources) {
    this.sources = sources;
  }

  /** Whether one more message from this source may be read now. */
  public boolean allow(IpAddress source, long nowNs) {
    forgetIdle(nowNs);
    IpAddress customer = source.v6() ? IpAddress.v6(source.high(), 0) : source;
    Bucket bucket = buckets.get(customer);
    if (bucket == null) {
      if (buckets.size() >= sources) {
        return false;
      }
      bucket = new Bucket();
      buckets.put(customer, bucket);
    } else {
      bucket.tokensNs = Math.min(FULL_NS, bucket.tokensNs + nowNs - bucket.lastNs);
    }
    bucket.lastNs = nowNs;
    if (bucket.tokensNs < COST_NS) {
      return false;
    }
    bucket.tokensNs -= COST_NS;
    return true;
  }

  private void forgetIdle(long nowNs) {
    Iterator<Bucket> longestSilent = buckets.values().iterator();
    while (longestSilent.hasNext() && nowNs - longestSilent.next().lastNs >= IDLE_NS) {
      longestSilent.remove();
    }
  }

  /** Sources remembered now. */
  int size() {
    return buckets.size();
  }
}
