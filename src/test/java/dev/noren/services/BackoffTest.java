package dev.noren.services;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff();

  private long secondsAfter(long ranNs) {
    return TimeUnit.NANOSECONDS.toSeconds(backoff.ended(ranNs));
  }

  @Test
  void doublesUpToAMinute() {
    for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      assertEquals(seconds, secondsAfter(0));
    }
  }

  @Test
  void beginsAnewAfterAMinuteAndNotANanosecondBefore() {
    backoff.ended(0);
    backoff.ended(0);
    assertEquals(4, secondsAfter(Backoff.STEADY_NS - 1));
    assertEquals(1, secondsAfter(Backoff.STEADY_NS));
    assertEquals(2, secondsAfter(0));
  }
}
