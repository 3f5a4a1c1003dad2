package dev.noren.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatesTest {
  private static Traffic line(RouterStatus status) {
    return status.lines().getFirst().traffic();
  }

  private static Traffic peer(RouterStatus status) {
    return status.tunnels().getFirst().peers().getFirst().traffic();
  }

  private static RouterStatus between(RouterStatus before, RouterStatus after) {
    return Rates.between(TrafficSample.of(before), after);
  }

  @Test
  void aRateIsWhatCameBetweenTwoSnapshots() {
    RouterStatus filled = between(Statuses.full(1_000, 1_000, 0), Statuses.full(3_000, 5_000, 400));
    assertEquals(new Traffic(5_000, 2_500, 2_000, 1_000), line(filled));
    assertEquals(new Traffic(400, 200, 200, 100), peer(filled));
    assertEquals(Traffic.total(0, 0), filled.lines().get(1).traffic());
  }

  @Test
  void allElseStaysAsItIs() {
    RouterStatus after = Statuses.full(3_000, 1_000, 100);
    assertEquals(after, between(Statuses.full(1_000, 1_000, 100), after));
  }

  @Test
  void aCounterThatWentBackBeganAnew() {
    RouterStatus filled = between(Statuses.full(1_000, 1_000_000, 9), Statuses.full(2_000, 50, 9));
    assertEquals(50, line(filled).receivedPerSecond());
    assertEquals(0, peer(filled).receivedPerSecond());
  }

  @Test
  void withoutTimeBetweenThemThereIsNoRate() {
    for (long beforeMs : List.of(2_000L, 3_000L)) {
      RouterStatus after = Statuses.full(2_000, 5_000, 100);
      assertEquals(after, between(Statuses.full(beforeMs, 0, 0), after));
    }
  }

  @Test
  void whatIsNewHasNoRateYet() {
    RouterStatus filled = between(Statuses.UNCLAIMED, Statuses.full(2_000, 5_000, 100));
    assertEquals(new Traffic(100, 50, 0, 0), peer(filled));
    assertEquals(2_500, line(filled).receivedPerSecond(), "the line eth0 was there before");
  }
}
