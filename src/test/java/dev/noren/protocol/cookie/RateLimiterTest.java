package dev.noren.protocol.cookie;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.net.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimiterTest {
  private static final long START = SECONDS.toNanos(100);
  private static final IpAddress SOURCE = IpAddress.parse("192.0.2.1");

  private final RateLimiter limiter = new RateLimiter();

  /** How many of {@code tries} messages at one time are let through. */
  private int allowed(IpAddress source, int tries, long nowNs) {
    int allowed = 0;
    for (int i = 0; i < tries; i++) {
      if (limiter.allow(source, nowNs)) {
        allowed++;
      }
    }
    return allowed;
  }

  @Test
  void aBurstOfFiveIsLetThrough() {
    for (int i = 1; i <= 5; i++) {
      assertTrue(limiter.allow(SOURCE, START), "message " + i);
    }
    assertFalse(limiter.allow(SOURCE, START), "message 6");
  }

  /** After a spent burst: wait so many nanoseconds, then so many messages pass. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "49999999, 0",
    "50000000, 1",
    "99999999, 1",
    "100000000, 2",
    "249999999, 4",
    "250000000, 5",
    "999999999, 5",
    "1000000000, 5",
    "60000000000, 5",
  })
  void theBucketFillsByOneEveryFiftyMilliseconds(long waitNs, int expected) {
    assertEquals(5, allowed(SOURCE, 10, START));
    assertEquals(expected, allowed(SOURCE, 10, START + waitNs));
  }

  @Test
  void twentyASecondGoOnForever() {
    long nowNs = START;
    assertEquals(5, allowed(SOURCE, 5, nowNs));
    for (int i = 0; i < 100; i++) {
      nowNs += MILLISECONDS.toNanos(50);
      assertEquals(1, allowed(SOURCE, 2, nowNs), "after " + (i + 1) + " steps");
    }
  }

  @Test
  void aRefusedMessageCostsNothing() {
    assertEquals(5, allowed(SOURCE, 5, START));
    for (long wait = 10; wait < 50; wait += 10) {
      assertFalse(limiter.allow(SOURCE, START + MILLISECONDS.toNanos(wait)));
    }
    assertTrue(limiter.allow(SOURCE, START + MILLISECONDS.toNanos(50)));
  }

  /** A mistake that others shipped: one global rate limiter. */
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.2, 5",
    "192.0.2.1, ::c000:201, 5",
    "192.0.2.1, ::ffff:192.0.2.1, 5",
    "2001:db8:0:1::1, 2001:db8:0:2::1, 5",
    "2001:db8:0:1::1, 2001:db8:0:1::2, 0",
    "2001:db8:0:1::1, 2001:db8:0:1:ffff:ffff:ffff:ffff, 0",
    "2001:db8:0:1:8000::, 2001:db8:0:1::, 0",
  })
  void anIpv4AddressAndAnIpv6Of64BitsIsOneSource(String first, String second, int expected) {
    assertEquals(5, allowed(IpAddress.parse(first), 6, START));
    assertEquals(expected, allowed(IpAddress.parse(second), 6, START));
  }

  /** A mistake that others shipped: a rate limiter that is never reset. */
  @Test
  void aSourceIsForgottenAfterASecondOfSilence() {
    limiter.allow(SOURCE, START);
    IpAddress other = IpAddress.parse("198.51.100.1");
    limiter.allow(other, START + SECONDS.toNanos(1) - 1);
    assertEquals(2, limiter.size());
    limiter.allow(other, START + SECONDS.toNanos(1));
    assertEquals(1, limiter.size());
    limiter.allow(SOURCE, START + SECONDS.toNanos(3));
    assertEquals(1, limiter.size(), "the other one this time");
  }

  @Test
  void anyMessageBreaksTheSilence() {
    long nowNs = START;
    assertEquals(5, allowed(SOURCE, 10, nowNs));
    IpAddress later = IpAddress.parse("198.51.100.1");
    limiter.allow(later, nowNs + 1);
    limiter.allow(SOURCE, nowNs + MILLISECONDS.toNanos(900));
    limiter.allow(SOURCE, nowNs + MILLISECONDS.toNanos(1100));
    assertEquals(
        1, limiter.size(), "the one that was silent longest goes, in any order of arrival");
  }

  @Test
  void aFullTableRefusesNewSourcesUntilOneFallsSilent() {
    RateLimiter small = new RateLimiter(3);
    for (int i = 0; i < 3; i++) {
      assertTrue(small.allow(IpAddress.v4(i), START + i));
    }
    assertFalse(small.allow(IpAddress.v4(3), START + 3), "a fourth");
    assertTrue(small.allow(IpAddress.v4(0), START + 3), "a known one");
    assertEquals(3, small.size());
    assertFalse(small.allow(IpAddress.v4(3), START + SECONDS.toNanos(1)));
    assertTrue(small.allow(IpAddress.v4(3), START + SECONDS.toNanos(1) + 1));
    assertEquals(3, small.size());
  }

  @Test
  void theTableIsBounded() {
    int allowed = 0;
    for (int i = 0; i < RateLimiter.SOURCES + 100; i++) {
      if (limiter.allow(IpAddress.v6(i, i), START)) {
        allowed++;
      }
    }
    assertEquals(RateLimiter.SOURCES, allowed);
    assertEquals(RateLimiter.SOURCES, limiter.size());
    assertTrue(limiter.allow(SOURCE, START + SECONDS.toNanos(1)));
    assertEquals(1, limiter.size());
  }
}
