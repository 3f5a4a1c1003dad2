package dev.noren.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.text.Language;
import dev.noren.text.Refused;
import dev.noren.update.UpdateState.Failure;
import dev.noren.update.UpdateState.Kind;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateStateTest {
  @ParameterizedTest
  @CsvSource({
    "idle, IDLE, 0,",
    "older 0.0.9, OLDER, 0, 0.0.9",
    "writing 0 0.2.0, WRITING, 0, 0.2.0",
    "writing 7 0.2.0, WRITING, 7, 0.2.0",
    "writing 100 1.0~rc1, WRITING, 100, 1.0~rc1",
    "ready 0.2.0, READY, 0, 0.2.0",
    "trying 0.2.0-5-gabc, TRYING, 0, 0.2.0-5-gabc",
    "returned 0.2.0+3, RETURNED, 0, 0.2.0+3",
  })
  void eachLineIsRead(String line, Kind kind, int percent, String version) {
    UpdateState state = new UpdateState(kind, percent, version, null);
    assertEquals(state, UpdateState.parse(line + "\n"));
    assertEquals(state, UpdateState.parse(line));
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void eachFailureIsReadAndHasWordsOfItsOwn(Failure failure) {
    UpdateState state = UpdateState.parse("failed " + failure.word() + "\n");
    assertEquals(new UpdateState(Kind.FAILED, 0, null, failure), state);
    Set<String> words = new HashSet<>();
    for (Failure each : Failure.values()) {
      assertTrue(words.add(each.says().in(Language.JAPANESE)), each.word());
    }
    assertEquals(failure.says(), state.says());
  }

  @Test
  void noFileIsNoUpdates() {
    assertEquals(UpdateState.NONE, UpdateState.parse(null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "idle 1",
        "ready",
        "ready ../x",
        "ready 1 2",
        "writing 101 1",
        "writing 07 1",
        "writing -1 1",
        "writing 5",
        "failed",
        "failed DAMAGED",
        "failed of-another-kind",
        "trying -x",
        "ready 1\nidle",
        "ready é",
      })
  void whatIsNoLineIsRefused(String line) {
    assertThrows(Refused.class, () -> UpdateState.parse(line));
  }

  @Test
  void anotherIsTakenUnlessOneIsOnItsWay() {
    for (Kind kind : Kind.values()) {
      assertEquals(
          !Set.of(Kind.NONE, Kind.OLDER, Kind.WRITING, Kind.TRYING).contains(kind),
          kind.takesAnother());
    }
    assertTrue(UpdateState.parse("ready 1").isDone());
    assertTrue(UpdateState.parse("failed card").isDone());
    assertFalse(UpdateState.parse("writing 99 1").isDone());
    assertFalse(UpdateState.parse("idle").isDone());
  }
}
