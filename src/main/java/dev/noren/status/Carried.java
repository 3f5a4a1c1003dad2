package dev.noren.status;

import dev.noren.status.TrafficDay.Series;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What lines and tunnels carried between two samples of their counters. A counter that went back
 * began anew, and what was not there before has carried nothing that could be told.
 *
 * @param fromMs when the first sample was, milliseconds of uptime
 * @param toMs when the second was
 * @param traffic what each carried in between
 */
public record Carried(long fromMs, long toMs, Map<Way, Traffic> traffic) {
  /**
   * A line or a tunnel.
   *
   * @param kind {@link Series#LINE} or {@link Series#TUNNEL}
   * @param name the line's device or the tunnel's name
   */
  public record Way(String kind, String name) {
    /** A line. */
    public static Way line(String device) {
      return new Way(Series.LINE, device);
    }

    /** A tunnel. */
    public static Way tunnel(String name) {
      return new Way(Series.TUNNEL, name);
    }
  }

  public Carried {
    traffic = Map.copyOf(traffic);
  }

  /**
   * What was carried between two samples.
   *
   * @param lines the devices of the lines; the samples may have more
   */
  public static Carried between(TrafficSample last, TrafficSample now, Set<String> lines) {
    Map<Way, Traffic> carried = new HashMap<>();
    for (String line : lines) {
      add(carried, Way.line(line), last.lines().get(line), now.lines().get(line));
    }
    now.farEnds()
        .forEach(
            (end, traffic) ->
                add(carried, Way.tunnel(end.tunnel()), last.farEnds().get(end), traffic));
    return new Carried(last.uptimeMs(), now.uptimeMs(), carried);
  }

  private static void add(Map<Way, Traffic> carried, Way way, Traffic last, Traffic now) {
    if (last != null && now != null) {
      Traffic more =
          Traffic.total(
              grown(last.receivedBytes(), now.receivedBytes()),
              grown(last.sentBytes(), now.sentBytes()));
      carried.merge(
          way,
          more,
          (one, other) ->
              Traffic.total(
                  one.receivedBytes() + other.receivedBytes(),
                  one.sentBytes() + other.sentBytes()));
    }
  }

  private static long grown(long last, long now) {
    return now >= last ? now - last : now;
  }

  /** The part of some bytes between two moments, so that all parts together are all bytes. */
  public static long share(long bytes, long fromMs, long toMs, long elapsedMs) {
    return upTo(bytes, toMs, elapsedMs) - upTo(bytes, fromMs, elapsedMs);
  }

  private static long upTo(long bytes, long ms, long elapsedMs) {
    return ms == elapsedMs ? bytes : Math.round((double) bytes * ms / elapsedMs);
  }
}
