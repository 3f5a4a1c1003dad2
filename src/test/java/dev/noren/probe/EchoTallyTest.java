package dev.noren.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EchoTallyTest {
  private static final long MS = 1_000_000;

  private final EchoTally tally = new EchoTally();

  @Test
  void nothingIsKnownAtFirst() {
    assertEquals(Answering.UNKNOWN, tally.now(0));
  }

  @Test
  void theMiddleTimeIsToldAndWhatWasLost() {
    tally.answered(900 * MS, 0);
    tally.answered(20 * MS, 1);
    tally.lost(2);
    tally.answered(22 * MS, 3);
    assertEquals(
        new Answering(4, 1, 22_000L, false), tally.now(4), "not the one with the handshake");
  }

  @Test
  void whatIsOfNowIsTheMiddleOfTheLastHalfMinute() {
    assertNull(tally.lately(0));
    tally.answered(9 * MS, 0);
    tally.answered(9 * MS, 0);
    tally.answered(300 * MS, 1);
    assertEquals(9_000L, tally.lately(2));
    tally.answered(310 * MS, 2);
    tally.answered(290 * MS, 3);
    tally.lost(4);
    assertEquals(300_000L, tally.lately(EchoTally.LATELY_NS + 1), "the first ones are too old");
    assertNull(tally.lately(EchoTally.LATELY_NS + 2), "so few have no middle");
  }

  @Test
  void whoNeverAnsweredHasNoTime() {
    tally.lost(0);
    tally.lost(1);
    assertEquals(new Answering(2, 2, null, false), tally.now(2));
  }

  @Test
  void onlyTheLastOnesCount() {
    for (int i = 0; i < EchoTally.MOST; i++) {
      tally.lost(i);
    }
    assertEquals(new Answering(EchoTally.MOST, EchoTally.MOST, null, false), tally.now(30));
    for (int i = 0; i < EchoTally.MOST; i++) {
      tally.answered(MS, 40 + i);
    }
    assertEquals(new Answering(EchoTally.MOST, 0, 1_000L, false), tally.now(70));
  }

  @Test
  void whatIsOldIsForgotten() {
    tally.answered(5 * MS, 0);
    tally.lost(EchoTally.LASTS_NS);
    assertEquals(new Answering(2, 1, 5_000L, false), tally.now(EchoTally.LASTS_NS));
    assertEquals(new Answering(1, 1, null, false), tally.now(EchoTally.LASTS_NS + 1));
    assertEquals(Answering.UNKNOWN, tally.now(2 * EchoTally.LASTS_NS + 1));
  }

  @Test
  void whoHasAnsweredAndDoesNoMoreIsSilent() {
    for (int i = 0; i < 2 * EchoTally.SILENT; i++) {
      tally.lost(i);
      assertFalse(tally.now(i).silent(), "it may be one that never answers");
      assertFalse(tally.isUnsure(i));
    }
    tally.answered(MS, 10);
    assertTrue(tally.isUnsure(10), "it answers after all: how often?");
    for (int i = 1; i < EchoTally.SILENT; i++) {
      tally.lost(10 + i);
      assertFalse(tally.now(20).silent(), i + " lost");
    }
    tally.lost(19);
    assertTrue(tally.now(20).silent());
    tally.answered(MS, 21);
    assertFalse(tally.now(21).silent());
    assertTrue(tally.isUnsure(22));
    assertFalse(tally.isUnsure(20 + EchoTally.LASTS_NS), "none was lost lately");
    for (int i = 0; i < EchoTally.SILENT; i++) {
      tally.lost(EchoTally.LASTS_NS);
    }
    assertTrue(tally.now(3 * EchoTally.LASTS_NS).silent(), "until it answers");
  }

  @Test
  void whoIsGoneForLongIsNotAskedOftenForEver() {
    tally.answered(MS, 0);
    for (int i = 1; i < EchoTally.MOST; i++) {
      tally.lost(i);
      assertTrue(tally.isUnsure(i));
    }
    tally.lost(EchoTally.MOST);
    assertFalse(tally.isUnsure(EchoTally.MOST));
    assertTrue(tally.now(EchoTally.MOST).silent());
  }
}
