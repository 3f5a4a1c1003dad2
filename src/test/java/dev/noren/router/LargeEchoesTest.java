package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.net.IpAddress;
import dev.noren.router.Questions.Inner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LargeEchoesTest {
  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
  private static final Inner HOST = host(1);

  private final LargeEchoes large = new LargeEchoes();
  private long nowNs = -5 * SECOND_NS;

  private static Inner host(int number) {
    return new Inner(IpAddress.parse("10.60." + number + ".1"), number, 1420);
  }

  /** Five seconds later, a round of one host. */
  private void round(boolean smallAnswered, boolean largeAnswered) {
    nowNs += 5 * SECOND_NS;
    assertEquals(List.of(HOST), large.due(List.of(HOST), nowNs));
    large.asked(HOST, smallAnswered, largeAnswered, nowNs);
  }

  @Test
  void aHoleTakesThreeLossesInARow() {
    round(true, false);
    assertTrue(large.isUnsure());
    round(true, false);
    assertEquals(Set.of(), large.lost());
    assertTrue(large.isUnsure());
    round(true, false);
    assertEquals(Set.of(HOST), large.lost());
    assertFalse(large.isUnsure());
    round(true, true);
    assertEquals(Set.of(), large.lost());
  }

  @Test
  void oneThatCameThroughBeginsTheRowAnew() {
    round(true, false);
    round(true, false);
    round(true, true);
    nowNs += LargeEchoes.WELL_NS;
    round(true, false);
    assertEquals(Set.of(), large.lost());
  }

  @Test
  void withoutASmallAnswerALargeLossTellsNothing() {
    for (int i = 0; i < 5; i++) {
      round(false, false);
    }
    assertEquals(Set.of(), large.lost());
    assertFalse(large.isUnsure());
    round(true, false);
    round(false, false);
    round(true, false);
    round(true, false);
    assertEquals(Set.of(HOST), large.lost());
  }

  @Test
  void whatComesThroughIsAskedSeldom() {
    round(true, true);
    assertEquals(List.of(), large.due(List.of(HOST), nowNs + LargeEchoes.WELL_NS - 1));
    assertEquals(List.of(HOST), large.due(List.of(HOST), nowNs + LargeEchoes.WELL_NS));
  }

  /** However many are silent, the others have their turn. */
  @Test
  void ofManyEachIsAskedInTurn() {
    List<Inner> all = new ArrayList<>();
    for (int i = 0; i < 3 * LargeEchoes.MOST_IN_A_ROUND - 1; i++) {
      all.add(host(i));
    }
    Set<Inner> asked = new HashSet<>();
    for (int round = 0; round < 3; round++) {
      nowNs += 5 * SECOND_NS;
      List<Inner> due = large.due(all, nowNs);
      assertEquals(LargeEchoes.MOST_IN_A_ROUND, due.size());
      due.forEach(each -> large.asked(each, false, false, nowNs));
      asked.addAll(due);
    }
    assertEquals(Set.copyOf(all), asked);
  }

  @Test
  void whoIsGoneIsForgotten() {
    round(true, false);
    round(true, false);
    round(true, false);
    large.due(List.of(), nowNs);
    assertEquals(Set.of(), large.lost());
  }
}
