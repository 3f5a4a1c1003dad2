package dev.noren.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
    assertEquals(new Answering(4, 1, 22_000L), tally.now(4), "not the one with the handshake");
  }

  @Test
  void whoNeverAnsweredHasNoTime() {
    tally.lost(0);
    tally.lost(1);
    assertEquals(new Answering(2, 2, null), tally.now(2));
  }

  @Test
  void onlyTheLastOnesCount() {
    for (int i = 0; i < EchoTally.MOST; i++) {
      tally.lost(i);
    }
    assertEquals(new Answering(EchoTally.MOST, EchoTally.MOST, null), tally.now(30));
    for (int i = 0; i < EchoTally.MOST; i++) {
      tally.answered(MS, 40 + i);
    }
    assertEquals(new Answering(EchoTally.MOST, 0, 1_000L), tally.now(70));
  }

  @Test
  void whatIsOldIsForgotten() {
    tally.answered(5 * MS, 0);
    tally.lost(EchoTally.LASTS_NS);
    assertEquals(new Answering(2, 1, 5_000L), tally.now(EchoTally.LASTS_NS));
    assertEquals(new Answering(1, 1, null), tally.now(EchoTally.LASTS_NS + 1));
    assertEquals(Answering.UNKNOWN, tally.now(2 * EchoTally.LASTS_NS + 1));
  }
}
