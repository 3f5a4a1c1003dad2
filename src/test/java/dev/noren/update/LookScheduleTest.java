package dev.noren.update;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookScheduleTest {
  private static final long START = Long.MAX_VALUE - 5;
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  @ParameterizedTest
  @CsvSource({"0, 10", "0.5, 35", "1, 60"})
  void theFirstLookWaits(double chance, long minutes) {
    LookSchedule schedule = LookSchedule.from(START, chance);
    long due = START + MINUTES.toNanos(minutes);
    assertFalse(schedule.isDue(START, NOW, true, null));
    assertFalse(schedule.isDue(due - 1, NOW, true, null));
    assertTrue(schedule.isDue(due, NOW, true, null));
  }

  @Test
  void nobodyLooksByAClockThatMayBeWrong() {
    LookSchedule schedule = LookSchedule.from(START, 0);
    assertFalse(schedule.isDue(START + MINUTES.toNanos(60), NOW, false, null));
  }

  @ParameterizedTest
  @CsvSource({
    "true, 0, PT168H",
    "true, 1, PT180H",
    "true, 0.5, PT174H",
    "false, 0, PT24H",
    "false, 1, PT25H42M51S",
  })
  void theNextOneIsInAWeekOrInADay(boolean well, double chance, Duration later) {
    Instant next = LookSchedule.next(NOW, well, chance);
    assertEquals(later.toSeconds(), Duration.between(NOW, next).toSeconds());
  }

  /** A restart does not ask again; a clock that was wrong does not keep it from asking. */
  @ParameterizedTest
  @CsvSource({
    "PT0S, true",
    "PT-1S, true",
    "PT0.001S, false",
    "PT168H, false",
    "PT180H, false",
    "PT180H1S, true",
    "PT90000H, true",
  })
  void whatWasKeptSaysWhenItIsDue(Duration ahead, boolean due) {
    LookSchedule schedule = LookSchedule.from(START, 0);
    assertEquals(due, schedule.isDue(START + MINUTES.toNanos(10), NOW, true, NOW.plus(ahead)));
  }
}
