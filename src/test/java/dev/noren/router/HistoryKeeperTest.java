package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.status.Carried;
import dev.noren.status.Carried.Way;
import dev.noren.status.Echoes;
import dev.noren.status.Statuses;
import dev.noren.status.Traffic;
import dev.noren.status.Trend;
import dev.noren.status.Trend.By;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryKeeperTest {
  private static final Carried CARRIED =
      new Carried(0, 5_000, Map.of(Way.tunnel("hq"), Traffic.total(5_000, 500)));

  @TempDir private Path state;
  private long nowNs;
  private Path file;

  @BeforeEach
  void place() {
    file = state.resolve("history");
  }

  private HistoryKeeper keeper() {
    return new HistoryKeeper(state, () -> Statuses.AT, () -> false, () -> nowNs);
  }

  private static Trend trend(HistoryKeeper keeper) {
    return keeper.trend(By.MINUTE);
  }

  @Test
  void whatWasCarriedOutlivesARestart() {
    Trend before;
    try (HistoryKeeper keeper = keeper()) {
      keeper.asks(() -> Statuses.ECHOES);
      keeper.carried(CARRIED);
      nowNs += HistoryKeeper.LEAST_NS;
      before = trend(keeper);
    }
    assertEquals(1_000, before.traffic().series().getFirst().received().get(1_438));
    assertEquals(5, before.quality().getFirst().lostPercent().get(1_438));
    assertEquals(23_400, before.quality().getFirst().microseconds().get(1_438));
    try (HistoryKeeper again = keeper()) {
      assertEquals(before, trend(again));
    }
  }

  @Test
  void theFileIsWrittenEverySixHoursAndNotBefore() throws IOException {
    try (HistoryKeeper keeper = keeper()) {
      keeper.carried(CARRIED);
      nowNs = HistoryKeeper.SAVE_NS - 1;
      keeper.look();
      assertFalse(Files.exists(file), "a nanosecond before");
      nowNs++;
      keeper.look();
      byte[] first = Files.readAllBytes(file);
      keeper.carried(new Carried(5_000, 10_000, CARRIED.traffic()));
      nowNs += HistoryKeeper.SAVE_NS - 1;
      keeper.look();
      assertArrayEquals(first, Files.readAllBytes(file));
      nowNs -= HistoryKeeper.SAVE_NS - 1;
    }
  }

  /** A program that ends again and again is not to wear the card out. */
  @Test
  void whoEndsSoonWritesNothing() {
    try (HistoryKeeper keeper = keeper()) {
      keeper.carried(CARRIED);
      nowNs += HistoryKeeper.LEAST_NS - 1;
    }
    assertFalse(Files.exists(file));
  }

  @Test
  void aFileThatIsNoneBeginsAnew() throws IOException {
    Files.writeString(file, "no history");
    try (HistoryKeeper keeper = keeper()) {
      assertEquals(List.of(), trend(keeper).traffic().series());
      keeper.carried(CARRIED);
      assertTrue(trend(keeper).traffic().series().size() == 1);
    }
  }

  @Test
  void ofSeveralFarEndsTheWorstIsKept() {
    try (HistoryKeeper keeper = keeper()) {
      Echoes one = Statuses.ECHOES.getFirst();
      keeper.asks(() -> List.of(one, one));
      keeper.carried(CARRIED);
      assertEquals(5, trend(keeper).quality().getFirst().lostPercent().get(1_438));
    }
  }
}
