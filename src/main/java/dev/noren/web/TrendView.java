package dev.noren.web;

import dev.noren.status.Trend;
import dev.noren.status.Trend.Quality;
import java.util.List;

/**
 * How lines and tunnels fared for longer, as the home page draws and says it.
 *
 * @param from when the first part began, milliseconds since 1970
 * @param partSeconds how long a part is
 * @param of which row is drawn
 * @param received bits a second of each part, the oldest first; -1 where nothing is known
 * @param sent the same for what was sent
 * @param lostPercent how many echoes through the tunnel were lost, or -1; empty for lines
 * @param microseconds how long one took, or -1; empty for lines
 * @param rows all that can be drawn, each in words
 */
record TrendView(
    long from,
    int partSeconds,
    String of,
    List<Long> received,
    List<Long> sent,
    List<Long> lostPercent,
    List<Long> microseconds,
    List<DayView.Row> rows) {
  TrendView {
    received = List.copyOf(received);
    sent = List.copyOf(sent);
    lostPercent = List.copyOf(lostPercent);
    microseconds = List.copyOf(microseconds);
    rows = List.copyOf(rows);
  }

  /**
   * A trend.
   *
   * @param of the row that is wanted; all lines together where there is none such
   */
  static TrendView of(Trend trend, String of) {
    DayView traffic = DayView.of(trend.traffic(), of);
    Quality quality =
        trend.quality().stream()
            .filter(each -> (each.way().kind() + ":" + each.way().name()).equals(traffic.of()))
            .findFirst()
            .orElse(null);
    return new TrendView(
        traffic.from(),
        traffic.partSeconds(),
        traffic.of(),
        traffic.received(),
        traffic.sent(),
        quality == null ? List.of() : quality.lostPercent(),
        quality == null ? List.of() : quality.microseconds(),
        traffic.rows());
  }
}
