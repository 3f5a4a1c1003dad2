package dev.noren.status;

import dev.noren.status.Carried.Way;
import dev.noren.status.TrafficDay.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What lines and tunnels carried in each five minutes of the last day, from samples of their
 * counters. Goes by uptime alone, so that a clock that is set changes when a part was and not what
 * it holds. A counter that went back began anew, and what was carried between two samples is spread
 * over the time between them: neither makes a peak that never was. For one thread.
 */
public final class TrafficRing {
  static final int PARTS = 288;
  static final long PART_MS = 300_000;

  /** More than there can be lines and tunnels at once; who comes later has no ring. */
  static final int MOST = 160;

  private final Map<Way, Ring> rings = new LinkedHashMap<>();
  private TrafficSample before;

  /** The parts of one, each at its number modulo their count. */
  private static final class Ring {
    private final long[] received = new long[PARTS];
    private final long[] sent = new long[PARTS];
    private final int[] knownMs = new int[PARTS];

    /** The newest part's number, from 0 at the router's start. */
    private long newest;

    /** Forgets what is a day old where a part begins. */
    void forward(long part) {
      for (long each = Math.max(newest + 1, part - PARTS + 1); each <= part; each++) {
        int at = (int) (each % PARTS);
        received[at] = 0;
        sent[at] = 0;
        knownMs[at] = 0;
      }
      newest = Math.max(newest, part);
    }

    void add(long fromMs, long toMs, Traffic carried) {
      forward((toMs - 1) / PART_MS);
      long elapsedMs = toMs - fromMs;
      long begunMs = Math.max(fromMs, (newest - PARTS + 1) * PART_MS);
      while (begunMs < toMs) {
        long part = begunMs / PART_MS;
        long endMs = Math.min(toMs, (part + 1) * PART_MS);
        int at = (int) (part % PARTS);
        received[at] +=
            Carried.share(carried.receivedBytes(), begunMs - fromMs, endMs - fromMs, elapsedMs);
        sent[at] += Carried.share(carried.sentBytes(), begunMs - fromMs, endMs - fromMs, elapsedMs);
        knownMs[at] += (int) (endMs - begunMs);
        begunMs = endMs;
      }
    }

    Series series(Way key, long first) {
      List<Long> in = new ArrayList<>();
      List<Long> out = new ArrayList<>();
      long receivedBytes = 0;
      long sentBytes = 0;
      long allMs = 0;
      for (long part = first; part < first + PARTS; part++) {
        int at = Math.floorMod(part, PARTS);
        if (part < 0 || part > newest || part <= newest - PARTS || knownMs[at] == 0) {
          in.add(TrafficDay.UNKNOWN);
          out.add(TrafficDay.UNKNOWN);
          continue;
        }
        in.add(received[at] * 1_000 / knownMs[at]);
        out.add(sent[at] * 1_000 / knownMs[at]);
        receivedBytes += received[at];
        sentBytes += sent[at];
        allMs += knownMs[at];
      }
      return new Series(key.kind(), key.name(), receivedBytes, sentBytes, allMs / 1_000, in, out);
    }
  }

  /**
   * Takes down what was carried since the sample before.
   *
   * @param lines the devices of the lines; the sample may have more
   * @return what it was, or null where that is not known
   */
  public Carried add(TrafficSample now, Set<String> lines) {
    TrafficSample last = before;
    if (last != null && now.uptimeMs() <= last.uptimeMs()) {
      return null;
    }
    before = now;
    if (last == null) {
      return null;
    }
    Carried carried = Carried.between(last, now, lines);
    forgetOld(now.uptimeMs());
    carried
        .traffic()
        .forEach(
            (way, traffic) -> {
              if (rings.size() < MOST || rings.containsKey(way)) {
                rings
                    .computeIfAbsent(way, each -> new Ring())
                    .add(carried.fromMs(), carried.toMs(), traffic);
              }
            });
    return carried;
  }

  private void forgetOld(long uptimeMs) {
    rings.values().removeIf(ring -> ring.newest < first(uptimeMs));
  }

  /** The first of the parts of which the last one is under way. */
  private static long first(long uptimeMs) {
    return Math.max(0, uptimeMs - 1) / PART_MS - PARTS + 1;
  }

  /**
   * The last day.
   *
   * @param at the time of day
   * @param uptimeMs the same moment as samples have it
   */
  public TrafficDay day(Instant at, long uptimeMs) {
    long first = first(uptimeMs);
    return new TrafficDay(
        at.minusMillis(uptimeMs - first * PART_MS),
        (int) (PART_MS / 1_000),
        rings.entrySet().stream()
            .filter(each -> each.getValue().newest >= first)
            .map(each -> each.getValue().series(each.getKey(), first))
            .toList());
  }
}
