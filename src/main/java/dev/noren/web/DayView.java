package dev.noren.web;

import dev.noren.status.TrafficDay;
import dev.noren.status.TrafficDay.Series;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was carried in the last day, as the home page draws and says it.
 *
 * @param from when the first part began, milliseconds since 1970
 * @param partSeconds how long a part is
 * @param of which row is drawn
 * @param received bits a second of each part, the oldest first; -1 where nothing is known
 * @param sent the same for what was sent
 * @param rows all that can be drawn, each in words
 */
record DayView(
    long from, int partSeconds, String of, List<Long> received, List<Long> sent, List<Row> rows) {
  /** All lines together. */
  static final String LINES = "lines";

  DayView {
    received = List.copyOf(received);
    sent = List.copyOf(sent);
    rows = List.copyOf(rows);
  }

  /**
   * What one carried, in words.
   *
   * @param key what to ask for to have it drawn
   * @param title what it is called
   * @param known of how much of the day something is known
   * @param received how much came
   * @param sent how much went
   * @param most when most went through, and how much
   */
  record Row(
      String key, Sentence title, Sentence known, String received, String sent, Sentence most) {}

  /**
   * A day.
   *
   * @param of the row that is wanted; all lines together where there is none such
   */
  static DayView of(TrafficDay day, String of) {
    List<Series> lines = ofKind(day, Series.LINE);
    Series all = together(lines);
    List<Row> rows = new ArrayList<>();
    rows.add(row(day, LINES, Sentence.of("day.lines"), all));
    Series shown = all;
    String key = LINES;
    List<Series> single = lines.size() > 1 ? lines : List.of();
    for (Series each :
        Stream.concat(single.stream(), ofKind(day, Series.TUNNEL).stream()).toList()) {
      String own = each.kind() + ":" + each.name();
      Sentence title =
          Sentence.of(each.kind().equals(Series.LINE) ? "day.line" : "day.tunnel", each.name());
      rows.add(row(day, own, title, each));
      if (own.equals(of)) {
        shown = each;
        key = own;
      }
    }
    return new DayView(
        day.from().toEpochMilli(),
        day.partSeconds(),
        key,
        shown.received().stream().map(DayView::bits).toList(),
        shown.sent().stream().map(DayView::bits).toList(),
        rows);
  }

  private static List<Series> ofKind(TrafficDay day, String kind) {
    return day.series().stream().filter(each -> each.kind().equals(kind)).toList();
  }

  private static long bits(long bytes) {
    return bytes == TrafficDay.UNKNOWN ? bytes : bytes * Byte.SIZE;
  }

  private static Series together(List<Series> lines) {
    List<Long> received = new ArrayList<>();
    List<Long> sent = new ArrayList<>();
    long receivedBytes = 0;
    long sentBytes = 0;
    long known = 0;
    for (Series each : lines) {
      add(received, each.received());
      add(sent, each.sent());
      receivedBytes += each.receivedBytes();
      sentBytes += each.sentBytes();
      known = Math.max(known, each.knownSeconds());
    }
    return new Series(Series.LINE, LINES, receivedBytes, sentBytes, known, received, sent);
  }

  private static void add(List<Long> sum, List<Long> more) {
    if (sum.isEmpty()) {
      sum.addAll(more);
      return;
    }
    for (int i = 0; i < sum.size(); i++) {
      long one = sum.get(i);
      long other = more.get(i);
      if (other != TrafficDay.UNKNOWN) {
        sum.set(i, one == TrafficDay.UNKNOWN ? other : one + other);
      }
    }
  }

  private static Row row(TrafficDay day, String key, Sentence title, Series series) {
    return new Row(
        key,
        title,
        series.knownSeconds() == 0
            ? Sentence.of("day.known-none")
            : Measures.duration(series.knownSeconds()),
        Measures.size(series.receivedBytes()),
        Measures.size(series.sentBytes()),
        most(day, series));
  }

  private static Sentence most(TrafficDay day, Series series) {
    List<Long> both = new ArrayList<>(series.received());
    add(both, series.sent());
    long most = both.isEmpty() ? 0 : Collections.max(both);
    if (most <= 0) {
      return Sentence.of("day.most-none");
    }
    long partsAgo = both.size() - 1L - both.lastIndexOf(most);
    return partsAgo == 0
        ? Sentence.of("day.most-now", Measures.rate(most))
        : Sentence.of("day.most", Measures.rate(most), Measures.ago(partsAgo * day.partSeconds()));
  }
}
