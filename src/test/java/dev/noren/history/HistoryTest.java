package dev.noren.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.status.Carried;
import dev.noren.status.Carried.Way;
import dev.noren.status.Traffic;
import dev.noren.status.TrafficDay.Series;
import dev.noren.status.Trend;
import dev.noren.status.Trend.By;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Instant NOON = Instant.parse("2026-10-05T12:00:00Z");
  private static final Way LINE = Way.line("eth0");
  private static final Way HQ = Way.tunnel("hq");
  private static final long UNKNOWN = Trend.UNKNOWN;

  private final History history = new History();

  /** So many bytes came, and half as many went, in the time before. */
  private static Carried carried(Duration in, long bytes, Way... ways) {
    Map<Way, Traffic> traffic = new HashMap<>();
    for (Way way : ways) {
      traffic.put(way, Traffic.total(bytes, bytes / 2));
    }
    return new Carried(1_000, 1_000 + in.toMillis(), traffic);
  }

  private void add(Instant at, Duration in, long bytes) {
    history.add(at, false, carried(in, bytes, LINE), Map.of());
  }

  private Series series(By by, Instant now) {
    return history.trend(by, now).traffic().series().getFirst();
  }

  private List<Long> last(By by, Instant now, int parts) {
    List<Long> received = series(by, now).received();
    assertEquals(by.parts(), received.size());
    return received.subList(by.parts() - parts, by.parts());
  }

  @Test
  void theMostThatAPartHadIsTold() {
    assertNull(history.usual(LINE));
    add(NOON.plusSeconds(60), Duration.ofSeconds(60), 60_000);
    add(NOON.plusSeconds(120), Duration.ofSeconds(60), 600);
    assertEquals(new Usual(1_000, 500, -1), history.usual(LINE));
    // A day later no minute is left of it, and the hour is.
    add(NOON.plus(Duration.ofHours(30)), Duration.ofSeconds(60), 120);
    assertEquals(new Usual(505, 253, -1), history.usual(LINE));
  }

  @Test
  void aCalmQuarterOfTheDayTellsWhatIsUsual() {
    long[] micros = {
      9_000, 200_000, 7_000, 300_000, 8_000, 100_000, 250_000, 150_000, 400_000, 350_000
    };
    for (int i = 0; i < micros.length; i++) {
      assertTrue(i == 0 || history.usual(HQ).microseconds() == -1, "too little is known");
      history.add(
          NOON.plusSeconds(60L * (i + 1)),
          false,
          carried(Duration.ofSeconds(60), 60, HQ),
          Map.of(HQ, new Answers(0, micros[i])));
    }
    assertEquals(new Usual(1, 1, 9_000), history.usual(HQ));
  }

  @Test
  void eachPartHasWhatWasCarriedInIt() {
    add(NOON.plusSeconds(30), Duration.ofSeconds(30), 3_000);
    add(NOON.plusSeconds(60), Duration.ofSeconds(30), 9_000);
    add(NOON.plusSeconds(90), Duration.ofSeconds(30), 600);
    Instant now = NOON.plusSeconds(90);
    assertEquals(List.of(UNKNOWN, 200L, 20L), last(By.MINUTE, now, 3));
    assertEquals(List.of(UNKNOWN, 140L), last(By.HOUR, now, 2));
    Series hours = series(By.HOUR, now);
    assertEquals(List.of(UNKNOWN, 70L), hours.sent().subList(2_158, 2_160));
    Trend minutes = history.trend(By.MINUTE, now);
    assertEquals(NOON.plusSeconds(120).minusSeconds(86_400), minutes.traffic().from());
    assertEquals(60, minutes.traffic().partSeconds());
    assertEquals(210, Math.round(series(By.MINUTE, now).receivedBytes() / 60.0));
  }

  /** As between two samples of which the second comes late. */
  @Test
  void whatIsCarriedOverABorderIsShared() {
    add(NOON.plusSeconds(45), Duration.ofSeconds(60), 6_000);
    assertEquals(List.of(100L, 100L), last(By.MINUTE, NOON.plusSeconds(45), 2));
    assertEquals(List.of(100L, 100L), last(By.HOUR, NOON.plusSeconds(45), 2));
    Series hours = series(By.HOUR, NOON.plusSeconds(45));
    assertTrue(hours.knownSeconds() < 120, "a percent of each hour: " + hours.knownSeconds());
  }

  @Test
  void whatNobodySawIsAGap() {
    add(NOON.plusSeconds(60), Duration.ofSeconds(60), 6_000);
    Instant later = NOON.plusSeconds(300);
    add(later, Duration.ofSeconds(60), 12_000);
    assertEquals(
        List.of(100L, UNKNOWN, UNKNOWN, UNKNOWN, 200L), last(By.MINUTE, later.minusMillis(1), 5));
  }

  @Test
  void whatIsOlderThanItsTimeIsForgotten() {
    add(NOON.plusSeconds(60), Duration.ofSeconds(60), 6_000);
    Instant dayAfter = NOON.plus(Duration.ofDays(1));
    add(dayAfter.plusSeconds(60), Duration.ofSeconds(60), 600);
    List<Long> minutes = series(By.MINUTE, dayAfter.plusSeconds(60).minusMillis(1)).received();
    assertEquals(1, minutes.stream().filter(each -> each != UNKNOWN).count());
    List<Long> hours = series(By.HOUR, dayAfter.plusSeconds(60)).received();
    assertEquals(2, hours.stream().filter(each -> each != UNKNOWN).count());
    Instant quarterAfter = NOON.plus(Duration.ofDays(91));
    add(quarterAfter, Duration.ofSeconds(60), 1);
    assertEquals(
        1,
        series(By.HOUR, quarterAfter).received().stream().filter(each -> each != UNKNOWN).count());
  }

  @Test
  void lossAndLatencyAreAveragedWhereSomebodyWasAsked() {
    Duration half = Duration.ofSeconds(30);
    history.add(
        NOON.plusSeconds(30), false, carried(half, 0, HQ), Map.of(HQ, new Answers(10, 20_000)));
    history.add(
        NOON.plusSeconds(60), false, carried(half, 0, HQ), Map.of(HQ, new Answers(30, 40_000)));
    history.add(
        NOON.plusSeconds(90), false, carried(half, 0, HQ), Map.of(HQ, new Answers(100, -1)));
    history.add(NOON.plusSeconds(180), false, carried(Duration.ofSeconds(60), 0, HQ), Map.of());
    Instant now = NOON.plusSeconds(179);
    Trend.Quality minutes = history.trend(By.MINUTE, now).quality().getFirst();
    assertEquals(HQ, minutes.way());
    assertEquals(List.of(UNKNOWN, 20L, 100L, UNKNOWN), minutes.lostPercent().subList(1_436, 1_440));
    assertEquals(
        List.of(UNKNOWN, 30_000L, UNKNOWN, UNKNOWN), minutes.microseconds().subList(1_436, 1_440));
    Trend.Quality hours = history.trend(By.HOUR, now).quality().getFirst();
    assertEquals(47, hours.lostPercent().getLast());
    assertEquals(30_000, hours.microseconds().getLast());
  }

  /** As after a start without a battery: 1970, until somebody says what time it is. */
  @Test
  void aClockThatWentBackWritesNothingOverWhatIsThere() {
    add(NOON, Duration.ofSeconds(60), 6_000);
    add(Instant.EPOCH.plusSeconds(3_600), Duration.ofSeconds(60), 60);
    add(NOON.minusSeconds(7_200), Duration.ofSeconds(60), 60);
    assertEquals(1, series(By.MINUTE, NOON).received().stream().filter(e -> e != UNKNOWN).count());
    assertEquals(100, last(By.MINUTE, NOON, 2).getFirst());
    add(NOON.plusSeconds(60), Duration.ofSeconds(60), 12_000);
    assertEquals(List.of(100L, 200L), last(By.MINUTE, NOON.plusSeconds(59), 2));
  }

  /** As by a battery that said 2090, once somebody who keeps the clock has put it right. */
  @Test
  void whatWouldBeOfTheFutureGoesOnceTheClockIsKept() {
    add(NOON, Duration.ofSeconds(60), 6_000);
    Instant wrong = NOON.plus(Duration.ofDays(30));
    add(wrong, Duration.ofSeconds(60), 60);
    Instant right = NOON.plusSeconds(600);
    history.add(right, true, carried(Duration.ofSeconds(60), 12_000, LINE), Map.of());
    assertEquals(List.of(200L, UNKNOWN), last(By.MINUTE, right, 2));
    List<Long> hours = series(By.HOUR, right).received();
    assertEquals(2, hours.stream().filter(each -> each != UNKNOWN).count());
    assertEquals(
        Collections.nCopies(By.HOUR.parts() - 2, UNKNOWN), hours.subList(0, By.HOUR.parts() - 2));
  }

  @Test
  void aSecondsPuttingRightIsNoGoingBack() {
    add(NOON.plusSeconds(5), Duration.ofSeconds(5), 500);
    add(NOON.plusSeconds(8), Duration.ofSeconds(5), 500);
    assertEquals(100, last(By.MINUTE, NOON.plusSeconds(8), 1).getFirst());
  }

  @Test
  void soManyHaveOneAndNoMore() {
    for (int i = 0; i < History.MOST + 3; i++) {
      history.add(NOON, false, carried(Duration.ofSeconds(5), 5, Way.tunnel("t" + i)), Map.of());
    }
    assertEquals(History.MOST, history.trend(By.HOUR, NOON).traffic().series().size());
    // Who has been silent for a day makes room for who is there now.
    Instant later = NOON.plus(Duration.ofHours(25));
    history.add(later, false, carried(Duration.ofSeconds(5), 5, HQ), Map.of());
    List<Series> left = history.trend(By.HOUR, later).traffic().series();
    assertEquals(List.of("hq"), left.stream().map(Series::name).toList());
  }

  @Test
  void itStaysWithinItsMemory() {
    long bytes = (long) History.MOST * (By.MINUTE.parts() + By.HOUR.parts()) * Parts.POINT_BYTES;
    assertTrue(bytes < 1_100_000, "the rings of all take " + bytes);
  }

  @Test
  void whatIsKeptReadsBackTheSame() {
    for (int i = 0; i < 300; i++) {
      history.add(
          NOON.plusSeconds(60L * i),
          false,
          carried(Duration.ofSeconds(60), 1_000_000L * i, LINE, HQ),
          i % 3 == 0 ? Map.of(HQ, new Answers(i % 101, i * 100L)) : Map.of());
    }
    Instant now = NOON.plusSeconds(18_000);
    byte[] kept = HistoryBytes.of(history);
    History again = HistoryBytes.read(kept);
    for (By by : By.values()) {
      assertEquals(history.trend(by, now), again.trend(by, now));
    }
    // What it goes on with is added to the part that was under way.
    for (History each : List.of(history, again)) {
      each.add(now.plusSeconds(60), false, carried(Duration.ofSeconds(60), 6_000, LINE), Map.of());
    }
    assertEquals(
        history.trend(By.MINUTE, now.plusSeconds(60)), again.trend(By.MINUTE, now.plusSeconds(60)));
    assertTrue(kept.length < 20_000, "it takes " + kept.length);
  }

  @Test
  void aHistoryOfNothingReadsBackToo() {
    History again = HistoryBytes.read(HistoryBytes.of(history));
    assertEquals(List.of(), again.trend(By.HOUR, NOON).traffic().series());
    assertNull(again.rows().get(LINE));
  }

  @Test
  void whatIsDamagedIsRefused() {
    add(NOON, Duration.ofSeconds(60), 6_000);
    byte[] kept = HistoryBytes.of(history);
    for (int i = 0; i < kept.length; i++) {
      byte[] damaged = kept.clone();
      damaged[i] = (byte) (damaged[i] ^ 0x10);
      assertFalse(isRead(damaged), "byte " + i);
    }
    for (int length = 0; length < kept.length; length++) {
      assertFalse(isRead(Arrays.copyOf(kept, length)), "cut to " + length);
    }
    assertTrue(isRead(kept), "the control");
  }

  /** Where a bit of the compressed form is of no effect, all reads back as it was. */
  private boolean isRead(byte[] bytes) {
    try {
      return !HistoryBytes.read(bytes).trend(By.HOUR, NOON).equals(history.trend(By.HOUR, NOON))
          || Arrays.equals(bytes, HistoryBytes.of(history));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
