package dev.noren.update;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalTime;
import org.junit.jupiter.api.Test;

class UpdateTrialTest {
  private static final long START = -SECONDS.toNanos(30);
  private static final long WELL = SECONDS.toNanos(60);

  private final UpdateTrial trial = new UpdateTrial();

  @Test
  void itStaysAfterAMinuteAndNotANanosecondBefore() {
    assertFalse(trial.look(START, true, 0, 0));
    assertFalse(trial.look(START + WELL - 1, true, 0, 0));
    assertTrue(trial.look(START + WELL, true, 0, 0));
  }

  @Test
  void theMinuteIsOnEnd() {
    trial.look(START, true, 0, 0);
    assertFalse(trial.look(START + WELL - 1, false, 0, 0), "the page was away");
    assertFalse(trial.look(START + WELL, true, 0, 0), "and begins anew");
    assertFalse(trial.look(START + 2 * WELL - 1, true, 0, 0));
    assertTrue(trial.look(START + 2 * WELL, true, 0, 0));
  }

  @Test
  void eachOfThreeCanHoldItUp() {
    trial.look(START, true, 0, 0);
    assertFalse(trial.look(START + WELL, false, 0, 0));
    trial.look(START, true, 0, 0);
    assertFalse(trial.look(START + WELL, true, UpdateTrial.STUCK_NS, 0));
    trial.look(START, true, 0, 0);
    assertFalse(trial.look(START + WELL, true, 0, UpdateTrial.STALE_NS));
    trial.look(START, true, UpdateTrial.STUCK_NS - 1, UpdateTrial.STALE_NS - 1);
    assertTrue(trial.look(START + WELL, true, UpdateTrial.STUCK_NS - 1, UpdateTrial.STALE_NS - 1));
  }

  @Test
  void nobodyMindsBetweenThreeAndFour() {
    assertFalse(UpdateTrial.isNight(LocalTime.of(2, 59, 59)));
    assertTrue(UpdateTrial.isNight(LocalTime.of(3, 0)));
    assertTrue(UpdateTrial.isNight(LocalTime.of(3, 59, 59)));
    assertFalse(UpdateTrial.isNight(LocalTime.of(4, 0)));
    assertFalse(UpdateTrial.isNight(LocalTime.of(15, 30)));
  }
}
