package dev.noren.access;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptsTest {
  private static final long START = Long.MAX_VALUE - 5;

  private final Attempts attempts = new Attempts();

  @ParameterizedTest
  @CsvSource({"1,0", "4,0", "5,1", "6,2", "7,4", "8,8", "9,16", "10,32", "11,60", "99,60"})
  void waitsGrow(int failures, long minutes) {
    assertEquals(MINUTES.toNanos(minutes), Attempts.waitAfterNs(failures));
  }

  @Test
  void fiveAreFreeAndTheNextHasToWaitToTheNanosecond() {
    // A clock that never jumps may wrap.
    for (int i = 0; i < Attempts.FREE; i++) {
      assertEquals(0, attempts.waitNs("a", START));
      attempts.failed("a", START);
    }
    assertEquals(MINUTES.toNanos(1), attempts.waitNs("a", START));
    assertEquals(1, attempts.waitNs("a", START + MINUTES.toNanos(1) - 1));
    assertEquals(0, attempts.waitNs("a", START + MINUTES.toNanos(1)));
    assertEquals(0, attempts.waitNs("b", START), "others have not to wait");
    attempts.failed("a", START + MINUTES.toNanos(1));
    assertEquals(MINUTES.toNanos(2), attempts.waitNs("a", START + MINUTES.toNanos(1)));
  }

  @Test
  void whoSucceedsBeginsAnew() {
    for (int i = 0; i < Attempts.FREE; i++) {
      attempts.failed("a", 0);
    }
    attempts.succeeded("a");
    attempts.failed("a", 0);
    assertEquals(0, attempts.waitNs("a", 0));
  }

  @Test
  void anHourOfQuietForgets() {
    for (int i = 0; i < Attempts.FREE - 1; i++) {
      attempts.failed("a", 0);
    }
    attempts.failed("a", HOURS.toNanos(1) - 1);
    assertEquals(MINUTES.toNanos(1), attempts.waitNs("a", HOURS.toNanos(1) - 1));
    long later = HOURS.toNanos(2) + MINUTES.toNanos(1);
    attempts.failed("a", later);
    assertEquals(0, attempts.waitNs("a", later));
  }

  @Test
  void theTableIsBoundedAndFullItLetsNobodyNewTry() {
    for (int i = 0; i < Attempts.MOST + 10; i++) {
      attempts.failed("a" + i, 0);
    }
    assertEquals(Attempts.MOST, attempts.size());
    assertEquals(Attempts.FIRST_WAIT_NS, attempts.waitNs("new", 0));
    assertEquals(0, attempts.waitNs("a0", 0), "who is known may");
    assertEquals(0, attempts.waitNs("new", Attempts.FORGOTTEN_NS));
    assertEquals(0, attempts.size());
  }
}
