package dev.noren.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LineHealthTest {
  private static final LineHealth.Rules RULES = new LineHealth.Rules(50, 20, 3, 2);

  /** Near the clock's end, which it passes on the way. */
  private long now = Long.MAX_VALUE - 120;

  private final LineHealth health = new LineHealth(RULES, false, now);

  /** One round, from its beginning to the next one's. */
  private void round(boolean good) {
    int round = health.poll(now);
    assertTrue(round >= 0);
    assertEquals(now + 20, health.dueNs());
    if (good) {
      health.answered(round, now + 19);
    } else {
      assertEquals(LineHealth.NOTHING, health.poll(now + 20));
    }
    assertEquals(LineHealth.NOTHING, health.poll(now + 49), "not before its time");
    now += 50;
    assertEquals(now, health.dueNs());
  }

  private void rounds(String rounds) {
    rounds.chars().forEach(each -> round(each == '+'));
  }

  @Test
  void threeFailuresInARowMakeItSick() {
    rounds("--+--+--");
    assertFalse(health.sick());
    rounds("-");
    assertTrue(health.sick());
  }

  @Test
  void oneThatIsTakenForSickBecomesWellAsAnyOther() {
    now += 7;
    LineHealth other = new LineHealth(RULES, true, now);
    for (boolean last : new boolean[] {false, true}) {
      assertTrue(other.sick());
      other.answered(other.poll(now), now + 1);
      now += 50;
      assertEquals(!last, other.sick());
    }
  }

  @Test
  void twoSuccessesInARowMakeItWell() {
    rounds("---+-+-");
    assertTrue(health.sick());
    rounds("++");
    assertFalse(health.sick());
    rounds("--");
    assertFalse(health.sick(), "it begins anew");
    rounds("-");
    assertTrue(health.sick());
  }

  @Test
  void sickAtTheDeadlineAndNotANanosecondBefore() {
    rounds("--");
    health.poll(now);
    health.poll(now + 19);
    assertFalse(health.sick());
    health.poll(now + 20);
    assertTrue(health.sick());
  }

  @Test
  void anAnswerThatIsLateOrToAnotherRoundIsNone() {
    rounds("--");
    int round = health.poll(now);
    health.answered(round - 1, now + 1);
    health.answered(round + 1, now + 1);
    health.answered(round, now + 20);
    health.poll(now + 20);
    assertTrue(health.sick());
    health.answered(round, now + 21);
    assertTrue(health.sick());
  }

  @Test
  void aSecondAnswerCountsOnce() {
    rounds("---");
    int round = health.poll(now);
    health.answered(round, now + 1);
    health.answered(round, now + 2);
    assertTrue(health.sick());
  }

  @Test
  void aClockThatStoodStillIsOneFailureOnly() {
    health.poll(now);
    assertTrue(health.poll(now + 100_000) >= 0, "the next round begins at once");
    assertFalse(health.sick());
  }

  @Test
  void roundsMayNotOverlap() {
    assertThrows(IllegalArgumentException.class, () -> new LineHealth.Rules(20, 20, 3, 3));
    assertThrows(IllegalArgumentException.class, () -> new LineHealth.Rules(50, 20, 0, 3));
  }
}
