package dev.noren.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.status.TrafficDay.Series;
import dev.noren.status.TrafficSample.FarEnd;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TrafficRingTest {
  private static final Instant NOON = Instant.parse("2026-10-05T12:00:00Z");
  private static final FarEnd END = new FarEnd("hq", "key");
  private static final int LAST = TrafficRing.PARTS - 1;

  private final TrafficRing ring = new TrafficRing();

  private void line(long uptimeMs, long bytes) {
    ring.add(
        new TrafficSample(uptimeMs, Map.of("eth0", Traffic.total(bytes, bytes / 2)), Map.of()),
        Set.of("eth0"));
  }

  private Series only(long uptimeMs) {
    List<Series> all = ring.day(NOON, uptimeMs).series();
    assertEquals(1, all.size(), all.toString());
    return all.getFirst();
  }

  @Test
  void eachPartHasWhatWasCarriedInIt() {
    line(0, 500);
    line(5_000, 5_500);
    line(300_000, 300_500);
    line(330_000, 360_500);
    Series series = only(330_000);
    assertEquals(Series.LINE, series.kind());
    assertEquals("eth0", series.name());
    assertEquals(360_000, series.receivedBytes(), "what was carried before the router ran is none");
    assertEquals(180_000, series.sentBytes());
    assertEquals(330, series.knownSeconds());
    assertEquals(2_000, series.received().get(LAST), "a part that has only begun has its own rate");
    assertEquals(1_000, series.received().get(LAST - 1));
    assertEquals(500, series.sent().get(LAST - 1));
    assertEquals(TrafficDay.UNKNOWN, series.received().get(LAST - 2));
    assertEquals(TrafficDay.UNKNOWN, series.received().getFirst());
    assertEquals(TrafficRing.PARTS, series.received().size());
  }

  @Test
  void whenAPartWasIsAsTheClockHasItNow() {
    line(0, 0);
    line(400_000, 400_000);
    TrafficDay day = ring.day(NOON, 400_000);
    assertEquals(300, day.partSeconds());
    assertEquals(NOON.minusSeconds(100 + 287 * 300), day.from());
    Instant set = NOON.plusSeconds(86_400 * 365);
    TrafficDay later = ring.day(set, 400_000);
    assertEquals(set.minusSeconds(100 + 287 * 300), later.from());
    assertEquals(day.series(), later.series(), "a clock that is set changes nothing else");
  }

  @Test
  void aCounterThatBeganAnewMakesNoPeak() {
    line(0, 4_000_000_000L);
    line(5_000, 4_000_005_000L);
    line(10_000, 5_000);
    line(15_000, 10_000);
    assertEquals(15_000, only(15_000).receivedBytes());
    assertEquals(1_000, only(15_000).received().get(LAST));
  }

  @Test
  void aLongPauseIsSpreadOverItsTime() {
    line(0, 0);
    line(3_000_000, 3_000_000);
    Series series = only(3_000_000);
    assertEquals(3_000_000, series.receivedBytes());
    assertEquals(3_000, series.knownSeconds());
    assertEquals(1_000, Collections.max(series.received()));
    assertEquals(
        10, series.received().stream().filter(each -> each == 1_000).count(), series.toString());
  }

  @Test
  void aDayLaterItIsForgotten() {
    line(0, 0);
    line(300_000, 300_000);
    long dayMs = TrafficRing.PART_MS * TrafficRing.PARTS;
    assertEquals(300_000, only(dayMs).receivedBytes());
    assertEquals(1_000, only(dayMs).received().getFirst());
    assertEquals(List.of(), ring.day(NOON, dayMs + 1).series());
    line(dayMs + 300_000, 300_000 + dayMs);
    Series series = only(dayMs + 300_000);
    assertEquals(86_400, series.knownSeconds());
    assertTrue(series.received().stream().allMatch(each -> each == 1_000), series.toString());
  }

  @Test
  void whatComesAndGoesIsCountedWhileItIsThere() {
    ring.add(new TrafficSample(0, Map.of(), Map.of()), Set.of());
    ring.add(sample(5_000, 900_000, 100), Set.of());
    assertEquals(List.of(), ring.day(NOON, 5_000).series(), "what it had carried before is none");
    ring.add(sample(10_000, 905_000, 600), Set.of());
    ring.add(new TrafficSample(15_000, Map.of("lo", Traffic.total(7, 7)), Map.of()), Set.of());
    ring.add(sample(20_000, 950_000, 600), Set.of());
    Series tunnel = only(20_000);
    assertEquals(Series.TUNNEL, tunnel.kind());
    assertEquals("hq", tunnel.name());
    assertEquals(5_500, tunnel.receivedBytes(), "two far ends of one tunnel together");
    assertEquals(5, tunnel.knownSeconds());
  }

  private static TrafficSample sample(long uptimeMs, long one, long other) {
    Map<FarEnd, Traffic> ends = new HashMap<>();
    ends.put(END, Traffic.total(one, 0));
    ends.put(new FarEnd("hq", "another"), Traffic.total(other, 0));
    return new TrafficSample(uptimeMs, Map.of(), ends);
  }

  @Test
  void aSampleThatIsNotNewerCountsForNothing() {
    line(5_000, 0);
    line(10_000, 100);
    line(10_000, 200);
    line(9_000, 300);
    assertEquals(100, only(10_000).receivedBytes());
  }

  @Test
  void itTakesNoMoreThanItsRoom() {
    Set<String> names = new TreeSet<>();
    Map<String, Traffic> lines = new HashMap<>();
    IntStream.range(0, 2 * TrafficRing.MOST).mapToObj(i -> "eth" + i).forEach(names::add);
    names.forEach(name -> lines.put(name, Traffic.total(1, 1)));
    ring.add(new TrafficSample(0, lines, Map.of()), names);
    ring.add(new TrafficSample(1_000, lines, Map.of()), names);
    assertEquals(TrafficRing.MOST, ring.day(NOON, 1_000).series().size());
  }

  @Property(tries = 200)
  void noByteIsLostOrMadeUp(
      @ForAll @Size(max = 40) List<@IntRange(min = 1, max = 900_000) Integer> steps) {
    TrafficRing fresh = new TrafficRing();
    long uptimeMs = 0;
    for (int step : Stream.concat(Stream.of(0), steps.stream()).toList()) {
      uptimeMs += step;
      Traffic carried = Traffic.total(uptimeMs * 7, 0);
      fresh.add(new TrafficSample(uptimeMs, Map.of("eth0", carried), Map.of()), Set.of("eth0"));
    }
    if (!steps.isEmpty() && uptimeMs < TrafficRing.PART_MS * TrafficRing.PARTS) {
      Series series = fresh.day(NOON, uptimeMs).series().getFirst();
      assertEquals(uptimeMs * 7, series.receivedBytes());
      long most = Collections.max(series.received());
      assertTrue(most <= 7_001, "a steady stream has no peak: " + most);
    }
  }
}
