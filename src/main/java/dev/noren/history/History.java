package dev.noren.history;

import dev.noren.status.Carried;
import dev.noren.status.Carried.Way;
import dev.noren.status.Traffic;
import dev.noren.status.TrafficDay;
import dev.noren.status.TrafficDay.Series;
import dev.noren.status.Trend;
import dev.noren.status.Trend.By;
import dev.noren.status.Trend.Quality;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How lines and tunnels fared, by minute for a day and by hour for 90 days, by the clock's time. A
 * clock that goes forward leaves a gap. One that goes back, as after a start without a battery,
 * writes nothing until it comes to where it was; only where somebody keeps it, what lies after it
 * is forgotten. For one thread.
 */
public final class History {
  /** Lines and tunnels at once: 43 KB each. Who comes later has no history. */
  public static final int MOST = 24;

  /** Who is silent for so long makes room, milliseconds. */
  private static final long SILENT_MS = By.MINUTE.ms() * By.MINUTE.parts();

  private final Map<Way, Row> rows = new LinkedHashMap<>();

  /** One line's or tunnel's. */
  static final class Row {
    private final Map<By, Parts> parts = new LinkedHashMap<>();
    private final Map<By, Sum> sums = new LinkedHashMap<>();

    Row(Parts minutes, Parts hours) {
      for (Parts each : List.of(minutes, hours)) {
        parts.put(each.by(), each);
        sums.put(each.by(), new Sum(each.by().ms()));
      }
    }

    Parts parts(By by) {
      return parts.get(by);
    }

    private long newestMs() {
      return (parts.get(By.MINUTE).newest() + 1) * By.MINUTE.ms();
    }

    private void add(By by, long fromMs, long toMs, Traffic carried, Answers answers) {
      Parts all = parts.get(by);
      long elapsedMs = toMs - fromMs;
      for (long begunMs = fromMs; begunMs < toMs; ) {
        long part = Math.floorDiv(begunMs, by.ms());
        long endMs = Math.min(toMs, (part + 1) * by.ms());
        Sum sum = sums.get(by);
        sum.begin(part, all.get(part));
        sum.add(
            endMs - begunMs,
            Carried.share(carried.receivedBytes(), begunMs - fromMs, endMs - fromMs, elapsedMs),
            Carried.share(carried.sentBytes(), begunMs - fromMs, endMs - fromMs, elapsedMs),
            answers);
        all.put(part, sum.point());
        begunMs = endMs;
      }
    }

    private void dropAfter(long ms) {
      parts.forEach((by, all) -> all.dropAfter(Math.floorDiv(ms, by.ms())));
      parts.forEach((by, all) -> sums.put(by, new Sum(by.ms())));
    }
  }

  /** The rows by their lines and tunnels. */
  Map<Way, Row> rows() {
    return rows;
  }

  /**
   * Takes down what was carried.
   *
   * @param at the time of day at its end
   * @param kept whether somebody keeps the clock, so that it is right
   * @param answers how echoes came back through tunnels that were asked
   */
  public void add(Instant at, boolean kept, Carried carried, Map<Way, Answers> answers) {
    long toMs = at.toEpochMilli();
    long fromMs = toMs - (carried.toMs() - carried.fromMs());
    if (fromMs >= toMs || fromMs < 0 || !isBelieved(fromMs, kept)) {
      return;
    }
    rows.values().removeIf(row -> row.newestMs() <= toMs - By.HOUR.ms() * By.HOUR.parts());
    carried
        .traffic()
        .forEach(
            (way, traffic) -> {
              Row row = row(way, toMs);
              if (row != null) {
                for (By by : By.values()) {
                  row.add(by, fromMs, toMs, traffic, answers.get(way));
                }
              }
            });
  }

  /** Whether it is no earlier than what is there already, which may have to go for it. */
  private boolean isBelieved(long fromMs, boolean kept) {
    // A clock that is put right by less than a minute writes into the same part once more.
    if (rows.values().stream()
        .allMatch(row -> row.newestMs() - By.MINUTE.ms() <= fromMs + 60_000)) {
      return true;
    }
    if (kept) {
      rows.values().forEach(row -> row.dropAfter(fromMs));
    }
    return kept;
  }

  private Row row(Way way, long nowMs) {
    Row row = rows.get(way);
    if (row == null) {
      if (rows.size() >= MOST) {
        rows.values().removeIf(each -> each.newestMs() < nowMs - SILENT_MS);
      }
      if (rows.size() >= MOST) {
        return null;
      }
      row =
          new Row(
              new Parts(By.MINUTE, nowMs / By.MINUTE.ms() - 1),
              new Parts(By.HOUR, nowMs / By.HOUR.ms() - 1));
      rows.put(way, row);
    }
    return row;
  }

  /** What is usual of one of them, or null where nothing is known. */
  public Usual usual(Way way) {
    Row row = rows.get(way);
    return row == null ? null : Usual.of(row.parts(By.MINUTE), row.parts(By.HOUR));
  }

  /** How they fared until now. */
  public Trend trend(By by, Instant now) {
    long last = Math.floorDiv(now.toEpochMilli(), by.ms());
    long first = last - by.parts() + 1;
    List<Series> traffic = new ArrayList<>();
    List<Quality> quality = new ArrayList<>();
    rows.forEach(
        (way, row) -> {
          Parts parts = row.parts(by);
          if (parts.newest() >= first) {
            traffic.add(series(way, parts, first, last));
            quality.add(quality(way, parts, first, last));
          }
        });
    return new Trend(
        new TrafficDay(Instant.ofEpochMilli(first * by.ms()), by.seconds(), traffic), quality);
  }

  private static Series series(Way way, Parts parts, long first, long last) {
    List<Long> received = new ArrayList<>();
    List<Long> sent = new ArrayList<>();
    double receivedBytes = 0;
    double sentBytes = 0;
    double known = 0;
    for (long part = first; part <= last; part++) {
      Point point = parts.get(part);
      received.add(point == null ? Trend.UNKNOWN : (Long) point.received());
      sent.add(point == null ? Trend.UNKNOWN : (Long) point.sent());
      if (point != null) {
        double seconds = parts.by().seconds() * point.knownPercent() / 100.0;
        known += seconds;
        receivedBytes += point.received() * seconds;
        sentBytes += point.sent() * seconds;
      }
    }
    return new Series(
        way.kind(),
        way.name(),
        Math.round(receivedBytes),
        Math.round(sentBytes),
        Math.round(known),
        received,
        sent);
  }

  private static Quality quality(Way way, Parts parts, long first, long last) {
    List<Long> lost = new ArrayList<>();
    List<Long> micros = new ArrayList<>();
    for (long part = first; part <= last; part++) {
      Point point = parts.get(part);
      lost.add(point == null || point.lostPercent() < 0 ? Trend.UNKNOWN : point.lostPercent());
      micros.add(point == null || point.tenths() < 0 ? Trend.UNKNOWN : point.tenths() * 100L);
    }
    return new Quality(way, lost, micros);
  }
}
