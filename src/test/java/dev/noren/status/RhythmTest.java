package dev.noren.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RhythmTest {
  private static final Rhythm TWO = Rhythm.parse("two", "250 100 250 2000");

  @ParameterizedTest
  @CsvSource({
    "0, true, 250",
    "249, true, 250",
    "250, false, 350",
    "349, false, 350",
    "350, true, 600",
    "599, true, 600",
    "600, false, 2600",
    "2599, false, 2600",
    "2600, true, 2850",
    "2849, true, 2850",
    "2850, false, 2950",
    "26000000000, true, 26000000250",
  })
  void eachEdgeIsWhereItIsSaidToBe(long ms, boolean on, long nextMs) {
    assertEquals(on, TWO.isOn(ms));
    assertEquals(nextMs, TWO.nextEdgeMs(ms));
  }

  /** What is drawn by edges is what is drawn by looking each millisecond. */
  @Test
  void betweenEdgesNothingChanges() {
    for (Rhythm rhythm : SignalFile.TABLE.rhythms()) {
      long edge = rhythm.nextEdgeMs(0);
      for (long ms = 1; ms < 3L * rhythm.periodMs(); ms++) {
        if (rhythm.isOn(ms) != rhythm.isOn(ms - 1)) {
          assertEquals(edge, ms, rhythm.name());
        }
        if (ms == edge) {
          edge = rhythm.nextEdgeMs(ms);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "on, on, true",
    "off, off, true",
    "on, off, false",
    "on, 250 250, false",
    "250 250, 250 250, true",
    "250 250, 250 251, false",
    "250 100 250 2000, 250 2000 250 100, true",
    "250 100 250 2000, 250 100 250 100 250 2000, false",
    "100 250 2000 250, 250 100 250 2000, false",
  })
  void whatLooksAlikeHasTheSameStepsWhereverItBegins(String some, String other, boolean alike) {
    Rhythm one = Rhythm.parse("a", some);
    Rhythm two = Rhythm.parse("b", other);
    assertEquals(alike, one.looksLike(two));
    assertEquals(alike, two.looksLike(one));
  }

  @Test
  void whatIsSteadyNeverChanges() {
    Rhythm on = Rhythm.parse("on", "on");
    Rhythm off = Rhythm.parse("off", "off");
    assertTrue(on.isOn(0) && on.isOn(Long.MAX_VALUE));
    assertFalse(off.isOn(0) || off.isOn(Long.MAX_VALUE));
    assertEquals(Rhythm.NEVER, on.nextEdgeMs(5));
    assertEquals(0, off.periodMs());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "250", "250 250 250", "0 250", "250 -1", "250 10001", "on off", "x y"})
  void whatIsNoRhythmIsRefused(String steps) {
    assertThrows(IllegalArgumentException.class, () -> Rhythm.parse("odd", steps));
  }
}
