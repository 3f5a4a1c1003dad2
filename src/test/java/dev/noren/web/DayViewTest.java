package dev.noren.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.status.Statuses;
import dev.noren.status.TrafficDay;
import dev.noren.status.TrafficDay.Series;
import dev.noren.text.Language;
import dev.noren.web.DayView.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class DayViewTest {
  private static Series line(String name, Long... received) {
    List<Long> sent = List.of(received).stream().map(each -> each < 0 ? each : (Long) 1L).toList();
    return new Series(Series.LINE, name, 1_000, 10, 600, List.of(received), sent);
  }

  private static DayView of(String of, Series... series) {
    return DayView.of(new TrafficDay(Statuses.AT, 300, List.of(series)), of);
  }

  @Test
  void linesAreDrawnTogether() {
    DayView view = of(null, line("eth0", -1L, -1L, 3L), line("eth2", -1L, 4L, 5L));
    assertEquals(DayView.LINES, view.of());
    assertEquals(List.of(-1L, 32L, 64L), view.received(), "bits, and what is not known stays so");
    assertEquals(List.of(-1L, 8L, 16L), view.sent());
    assertEquals(
        List.of("lines", "line:eth0", "line:eth2"), view.rows().stream().map(Row::key).toList());
  }

  @Test
  void oneOfThemIsDrawnByItself() {
    assertEquals(List.of(24L), of("line:eth0", line("eth0", 3L), line("eth2", 5L)).received());
    assertEquals("line:eth0", of("line:eth0", line("eth0", 3L), line("eth2", 5L)).of());
    assertEquals(DayView.LINES, of("line:eth0", line("eth0", 3L)).of(), "one line has one row");
  }

  @Test
  void theBusiestTimeIsSaid() {
    Row row = of(null, line("eth0", 1_000_000L, 2L, 3L)).rows().getFirst();
    assertEquals("8.0 Mbit/s, 10 min ago", row.most().in(Language.ENGLISH));
    assertEquals("10分前に 8.0 Mbit/s", row.most().in(Language.JAPANESE));
    assertEquals(
        "ついさっき 80 bit/s",
        of(null, line("eth0", 1L, 2L, 9L)).rows().getFirst().most().in(Language.JAPANESE));
    assertEquals("1.0 kB", row.received());
    assertEquals("10 min", row.known().in(Language.ENGLISH));
  }

  @Test
  void ofABoxThatHasJustStartedNothingIsSaid() {
    Row row = of(null).rows().getFirst();
    assertEquals("nothing yet", row.most().in(Language.ENGLISH));
    assertEquals("まだ記録がありません", row.known().in(Language.JAPANESE));
  }

  @Test
  void aTunnelHasItsRow() {
    DayView view = DayView.of(Statuses.DAY, "tunnel:hq");
    assertEquals("tunnel:hq", view.of());
    assertEquals(288, view.received().size());
    assertEquals(List.of("lines", "tunnel:hq"), view.rows().stream().map(Row::key).toList());
  }
}
