package dev.noren.router;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.net.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How large packets may be that come through each tunnel. Where a path swallows large packets and
 * nobody on it says so, small echoes are answered and large ones are not: then sizes are tried, and
 * the largest that comes through is what the tunnel gets, until larger ones come through again. One
 * echo may be lost by itself, so it takes some in a row. Pure: who sends brings the time.
 */
final class PathSizes {
  /** As many in a row are no coincidence. */
  static final int IN_A_ROW = 3;

  /**
   * A large echo and a small one, there and back, are 3 kB: 800 bit/s, which leaves the 200 bit/s
   * of what all echoes may cost that those of a few far ends cost; of more, half as many.
   */
  static final long SELDOM_NS = SECONDS.toNanos(30);

  static final int FEW = 2;

  /** While something is not clear yet. */
  static final long SOON_NS = SECONDS.toNanos(2);

  /** After which larger ones are tried again; each time in vain it is twice as long. */
  static final long AGAIN_NS = MINUTES.toNanos(10);

  private static final int MOST_DOUBLED = 4;

  /**
   * What is tried, bytes, the largest first: down to what every machine takes (RFC 791), in steps
   * of 16, to which WireGuard fills packets up.
   */
  private static final int[] TRIED = {
    1408, 1392, 1376, 1360, 1344, 1328, 1312, 1296, 1280, 1264, 1248, 1232, 1200, 1152, 1088, 960,
    576
  };

  /** First every so manieth, then those in between: many at once would be a burst. */
  private static final int STRIDE = 4;

  private final Map<Way, Known> known = new HashMap<>();
  private long nextNs = Long.MIN_VALUE;
  private volatile Map<String, Integer> passing = Map.of();

  /**
   * A host behind a tunnel that answers echoes.
   *
   * @param mtuBytes what the tunnel's interface takes
   */
  record Way(String tunnel, IpAddress host, int mark, int mtuBytes) {}

  /**
   * Whom to ask: a small echo, and one of each of these sizes.
   *
   * @param bytes of the packets within the tunnel, the largest first
   */
  record Ask(Way way, List<Integer> bytes) {}

  /** What is known of one way. */
  private static final class Known {
    private Long askedNs;
    private int lost;

    /** How much comes through, where that is less than the interface takes; else 0. */
    private int bytes;

    /** While sizes are tried: where among them the largest that came is, after a first round. */
    private boolean trying;

    private Integer place;

    private long againNs;
    private int doubled;

    private boolean isUnclear() {
      return trying || (lost > 0 && lost < IN_A_ROW);
    }
  }

  /** Whether it is time to ask somebody, if there is anybody. */
  boolean isTime(long nowNs) {
    return nextNs == Long.MIN_VALUE || nowNs - nextNs >= 0;
  }

  /**
   * Whom to ask now, or null.
   *
   * @param ways all hosts that may be asked
   */
  Ask due(Collection<Way> ways, long nowNs) {
    known
        .entrySet()
        .removeIf(each -> !ways.contains(each.getKey()) && isOld(each.getValue(), nowNs));
    follow();
    Way way =
        ways.stream()
            .min(
                Comparator.comparingInt((Way each) -> isUnclear(each) ? 0 : 1)
                    .thenComparingLong(each -> -waitedNs(each, nowNs)))
            .orElse(null);
    if (way == null) {
      nextNs = nowNs + SOON_NS;
      return null;
    }
    Known of = known.computeIfAbsent(way, any -> new Known());
    if (of.bytes > 0 && !of.trying && nowNs - of.againNs >= 0) {
      begin(of);
    }
    of.askedNs = nowNs;
    return new Ask(way, of.trying ? tried(way, of) : List.of(size(way, of)));
  }

  /** What has not been asked for so long is forgotten: a far end may be away for some minutes. */
  private static boolean isOld(Known of, long nowNs) {
    return nowNs - of.askedNs >= AGAIN_NS;
  }

  private boolean isUnclear(Way way) {
    Known of = known.get(way);
    return of != null && of.isUnclear();
  }

  private long waitedNs(Way way, long nowNs) {
    Known of = known.get(way);
    return of == null || of.askedNs == null ? Long.MAX_VALUE : nowNs - of.askedNs;
  }

  private static int size(Way way, Known of) {
    return of.bytes > 0 ? of.bytes : way.mtuBytes();
  }

  private static List<Integer> sizes(Way way) {
    List<Integer> sizes = new ArrayList<>(List.of(way.mtuBytes()));
    for (int bytes : TRIED) {
      if (bytes < way.mtuBytes()) {
        sizes.add(bytes);
      }
    }
    return sizes;
  }

  private static List<Integer> tried(Way way, Known of) {
    List<Integer> sizes = sizes(way);
    List<Integer> now = new ArrayList<>();
    if (of.place == null) {
      for (int i = 0; i < sizes.size(); i += STRIDE) {
        now.add(sizes.get(i));
      }
    } else {
      now.addAll(sizes.subList(Math.max(0, of.place - STRIDE + 1), of.place));
    }
    return now;
  }

  private static void begin(Known of) {
    of.trying = true;
    of.place = null;
  }

  /**
   * After somebody was asked.
   *
   * @param small whether the small echo was answered: without that the others' silence says nothing
   * @param came the sizes that were
   */
  void heard(Ask ask, boolean small, Set<Integer> came, long nowNs) {
    Known of = known.get(ask.way());
    if (of == null) {
      return;
    }
    if (of.trying) {
      tried(ask.way(), of, came, nowNs);
    } else if (!came.isEmpty()) {
      of.lost = 0;
    } else if (small) {
      of.lost++;
      if (of.lost >= IN_A_ROW) {
        begin(of);
      }
    } else {
      of.lost = 0;
    }
    nextNs = nowNs + (of.isUnclear() ? SOON_NS : known.size() > FEW ? 2 * SELDOM_NS : SELDOM_NS);
    follow();
  }

  private static void tried(Way way, Known of, Set<Integer> came, long nowNs) {
    List<Integer> sizes = sizes(way);
    Integer first = of.place;
    int best =
        came.stream().mapToInt(sizes::indexOf).min().orElse(first == null ? sizes.size() : first);
    if (first == null && best > 0) {
      of.place = best;
      return;
    }
    of.trying = false;
    of.lost = 0;
    int before = of.bytes;
    if (best < sizes.size()) {
      of.bytes = best == 0 ? 0 : sizes.get(best);
    }
    of.doubled = of.bytes == before ? Math.min(of.doubled + 1, MOST_DOUBLED) : 0;
    of.againNs = nowNs + (AGAIN_NS << of.doubled);
  }

  private void follow() {
    Map<String, Integer> least = new HashMap<>();
    known.forEach(
        (way, of) -> {
          if (of.bytes > 0) {
            least.merge(way.tunnel(), of.bytes, Math::min);
          }
        });
    passing = Map.copyOf(least);
  }

  /**
   * How much comes through each tunnel of which it is less than its interface takes, by its name.
   * Any thread may ask.
   */
  Map<String, Integer> passing() {
    return passing;
  }
}
