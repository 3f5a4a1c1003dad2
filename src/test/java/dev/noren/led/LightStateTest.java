package dev.noren.led;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.status.Health;
import dev.noren.status.SignalFile;
import org.junit.jupiter.api.Test;

class LightStateTest {
  private static final long S = 1_000_000_000L;

  private final LightState state = new LightState();

  private String at(long seconds, boolean night) {
    return state.at(seconds * S, night).key();
  }

  @Test
  void whatAPersonDoesComesBeforeWhatWasAskedForAndThatBeforeHealth() {
    assertEquals("starting", at(0, false));
    assertTrue(state.health(Health.UP));
    assertFalse(state.health(Health.UP));
    assertEquals("up", at(0, false));
    assertEquals("night", at(0, true));
    state.identifyUntil(10 * S);
    assertEquals("identify", at(9, true));
    assertEquals("up", at(10, false));
    state.test(0);
    assertEquals("starting", at(0, true));
    state.updating();
    assertEquals("updating", at(0, true));
    state.armed(true);
    assertEquals("armed", at(0, true));
    state.armed(false);
    assertEquals("updating", at(0, false));
  }

  @Test
  void aPressWakesTheLightsForAMinute() {
    state.health(Health.DOWN_4);
    assertEquals("night", at(99, true));
    state.wake(100 * S);
    assertEquals("down-4", at(100, true));
    assertEquals("down-4", at(159, true));
    assertEquals(160 * S, state.nextNs(120 * S));
    assertEquals("night", at(160, true));
    assertEquals(LightState.NEVER, state.nextNs(160 * S));
  }

  @Test
  void thatTheCardIsWrittenToIsSeenAndOver() {
    state.health(Health.UP);
    state.identifyUntil(90 * S);
    state.writingUntil(30 * S);
    assertEquals("updating", at(10, true));
    assertEquals(30 * S, state.nextNs(10 * S));
    state.writingUntil(14 * S);
    assertEquals("updating", at(13, true));
    assertEquals("identify", at(14, true));
  }

  @Test
  void aTestShowsEachSignalOnceAndEnds() {
    state.health(Health.READY);
    state.test(50 * S);
    int at = 50;
    for (var signal : SignalFile.TABLE.all()) {
      assertEquals(signal.key(), at(at, true));
      assertEquals(signal.key(), at(at + 3, false));
      assertEquals((at + 4) * S, state.nextNs((at + 2) * S));
      at += 4;
    }
    assertEquals("ready", at(at, false));
    assertEquals(LightState.NEVER, state.nextNs(at * S));
  }

  @Test
  void aSearchThatIsOverIsEnded() {
    state.identifyUntil(100 * S);
    assertEquals(100 * S, state.nextNs(0));
    state.identifyUntil(0);
    assertEquals("starting", at(1, false));
  }
}
