package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.status.RouterStatus;
import dev.noren.status.Statuses;
import dev.noren.status.TrafficSample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A line that carries 1000 bytes a second in its first minute, and 50 after it. */
class MeterTest {
  private final List<TrafficSample> kept = new ArrayList<>();
  private final Meter meter = new Meter(uptimeMs -> TrafficSample.of(at(uptimeMs)), kept::add);

  private static RouterStatus at(long uptimeMs) {
    long bytes = Math.min(uptimeMs, 60_000) + Math.max(0, uptimeMs - 60_000) / 20;
    return Statuses.full(uptimeMs, bytes, 0);
  }

  private long rate(long uptimeMs) {
    return meter.filled(at(uptimeMs)).lines().getFirst().traffic().receivedPerSecond();
  }

  @Test
  void aRateIsOfTheLastSecondsWhoeverAskedBefore() {
    assertEquals(0, rate(1_000), "nothing is known yet");
    for (long uptimeMs = 1_500; uptimeMs <= 200_000; uptimeMs += 500) {
      meter.look(uptimeMs);
    }
    assertEquals(50, rate(200_400), "not since the first question");
  }

  @Test
  void twoWhoAskShortlyAfterEachOtherBothHaveOne() {
    meter.look(1_000);
    meter.look(1_000 + Meter.EVERY_MS);
    assertEquals(1_000, rate(6_200));
    assertEquals(1_000, rate(6_300));
    assertEquals(1_000, rate(7_300), "what was asked then counts from here on");
    assertEquals(1_000, rate(7_400));
  }

  @Test
  void whatIsKeptIsToldInOrder() {
    meter.look(1_000);
    meter.filled(at(1_500));
    meter.filled(at(3_000));
    meter.look(4_000);
    meter.look(8_000);
    assertEquals(
        List.of(1_000L, 3_000L, 8_000L), kept.stream().map(TrafficSample::uptimeMs).toList());
  }

  @Test
  void whoAsksEachSecondHasThatSecondsRate() {
    meter.look(58_000);
    assertEquals(1_000, rate(60_000));
    assertEquals(50, rate(61_000));
    assertEquals(50, rate(62_000));
  }
}
