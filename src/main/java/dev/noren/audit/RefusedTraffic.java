package dev.noren.audit;

import static java.util.concurrent.TimeUnit.MINUTES;

import dev.noren.text.Past;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sums refused packets up, so that a flood of them is a few lines. What is seen the first time is
 * told at once, and its further packets once in ten minutes. One thread.
 */
public final class RefusedTraffic {
  /** How long packets are summed up. */
  static final long PERIOD_NS = MINUTES.toNanos(10);

  /** The most sources that are told apart; the rest are summed up as others. */
  static final int MOST_SOURCES = 32;

  private static final Source OTHERS =
      new Source(Past.words("author.others"), Past.words("past.not-apart"));

  /**
   * Who was refused what.
   *
   * @param who a device, or "-" where only a counter is known
   * @param what why, and perhaps where to
   */
  private record Source(String who, String what) {}

  /** What is to be written down. */
  public record Told(String who, String what) {}

  private final boolean destinations;
  private final Map<Source, Long> packets = new LinkedHashMap<>();
  private long periodStartNs;

  /**
   * Nothing was refused yet.
   *
   * @param destinations whether it is told where packets were to go
   */
  public RefusedTraffic(boolean destinations, long nowNs) {
    this.destinations = destinations;
    periodStartNs = nowNs;
  }

  /**
   * After packets were refused.
   *
   * @param destination where they were to go, or null where that is not known
   * @return what is to be told at once, or null
   */
  public Told refused(String who, String why, String destination, long count) {
    String what =
        destinations && destination != null ? Past.words("past.to", why, destination) : why;
    Source source = new Source(who, what);
    if (!packets.containsKey(source) && packets.size() >= MOST_SOURCES) {
      source = OTHERS;
    }
    Long before = packets.putIfAbsent(source, 0L);
    if (before == null) {
      return told(source, count);
    }
    packets.merge(source, count, Long::sum);
    return null;
  }

  private static Told told(Source source, long count) {
    return new Told(
        source.who(),
        Past.words(count == 1 ? "past.packet" : "past.packets", source.what(), count));
  }

  /** What was summed up, once a period has passed; before that nothing. */
  public List<Told> poll(long nowNs) {
    if (nowNs - periodStartNs < PERIOD_NS) {
      return List.of();
    }
    periodStartNs = nowNs;
    List<Told> told = new ArrayList<>();
    packets.forEach(
        (source, count) -> {
          if (count > 0) {
            told.add(told(source, count));
          }
        });
    // Who went on stays known, and who stopped is new when it begins again.
    packets.values().removeIf(count -> count == 0);
    packets.replaceAll((source, count) -> 0L);
    return told;
  }
}
