package dev.noren.notice;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MINUTES;

import dev.noren.text.Past;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Refused sign-ins: one is a slip of the finger, several are told, and what comes within an hour is
 * told together.
 */
final class Refusals {
  /** So many within an hour are told. */
  static final int SEVERAL = 3;

  private static final long HOUR_NS = HOURS.toNanos(1);

  /** Whoever tries goes on for a while: what comes so soon is told with the rest. */
  private static final long TOGETHER_NS = MINUTES.toNanos(1);

  /** From more places they are only counted. */
  private static final int MOST_PLACES = 8;

  private final Map<String, Integer> from = new LinkedHashMap<>();
  private int count;
  private long firstNs;
  private long severalNs;
  private Long toldNs;

  /** One was refused. */
  void refused(String who, long nowNs) {
    forgetOld(nowNs);
    if (count == 0) {
      firstNs = nowNs;
    }
    count++;
    if (count == SEVERAL) {
      severalNs = nowNs;
    }
    if (from.containsKey(who) || from.size() < MOST_PLACES) {
      from.merge(who, 1, Integer::sum);
    }
  }

  private void forgetOld(long nowNs) {
    if (count > 0 && count < SEVERAL && nowNs - firstNs > HOUR_NS) {
      count = 0;
      from.clear();
    }
  }

  /** How many have to be told now, or 0. */
  int due(long nowNs) {
    boolean due =
        count >= SEVERAL
            && nowNs - severalNs >= TOGETHER_NS
            && (toldNs == null || nowNs - toldNs >= HOUR_NS);
    return due ? count : 0;
  }

  /** Where they came from, a line each; they are told by this. */
  List<Sentence> told(long nowNs) {
    List<Sentence> places = new ArrayList<>();
    from.forEach((who, times) -> places.add(Sentence.of("notice.times", Past.who(who), times)));
    int more = count - from.values().stream().mapToInt(each -> each).sum();
    if (more > 0) {
      places.add(Sentence.of("notice.elsewhere", more));
    }
    from.clear();
    count = 0;
    toldNs = nowNs;
    return places;
  }
}
