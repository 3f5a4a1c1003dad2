package dev.noren.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LoopMarkTest {
  private final LoopMark mark = new LoopMark();

  @Test
  void aLoopThatHasNotBegunWaits() {
    assertEquals(0, mark.stuckNs(10));
    assertEquals(0, mark.stuckNs(1_000_000));
  }

  @Test
  void aLoopThatTurnsGetsOn() {
    for (int i = 0; i < 5; i++) {
      mark.turn();
      assertEquals(0, mark.stuckNs(i * 100L));
    }
  }

  @Test
  void aLoopThatWaitsGetsOnHoweverLong() {
    mark.turn();
    mark.stuckNs(0);
    mark.waits();
    assertEquals(0, mark.stuckNs(1_000));
    assertEquals(0, mark.stuckNs(1_000_000));
  }

  @Test
  void aLoopInOneTurnDoesNot() {
    mark.waits();
    mark.turn();
    assertEquals(0, mark.stuckNs(100));
    assertEquals(50, mark.stuckNs(150));
    assertEquals(900, mark.stuckNs(1_000));
    mark.turn();
    assertEquals(0, mark.stuckNs(1_001));
    assertEquals(9, mark.stuckNs(1_010));
    mark.waits();
    assertEquals(0, mark.stuckNs(1_020));
  }

  /** Also one that was waiting when that came, which would else be taken to wait for ever. */
  @Test
  void aLoopThatHasEndedDoesNotGetOn() {
    mark.turn();
    mark.waits();
    mark.ends();
    assertEquals(0, mark.stuckNs(100));
    assertEquals(900, mark.stuckNs(1_000));
    assertEquals(999_900, mark.stuckNs(1_000_000));
  }

  /** Two waits in a row, as when woken for nothing, are still one wait. */
  @Test
  void waitingTwiceIsWaiting() {
    mark.waits();
    mark.waits();
    assertEquals(0, mark.stuckNs(5));
    mark.turn();
    assertEquals(0, mark.stuckNs(6));
    assertEquals(1, mark.stuckNs(7));
  }
}
