package dev.noren.status;

import java.time.Instant;
import java.util.List;

/**
 * What lines and tunnels carried in each part of the last day.
 *
 * @param from when the first part began, as the box's clock has it now
 * @param partSeconds how long a part is
 * @param series one for each line and tunnel
 */
public record TrafficDay(Instant from, int partSeconds, List<Series> series) {
  /** What stands for a part of which nothing is known: the router did not run then. */
  public static final long UNKNOWN = -1;

  public TrafficDay {
    series = List.copyOf(series);
  }

  /**
   * One line's or tunnel's.
   *
   * @param kind line or tunnel
   * @param name the line's device or the tunnel's name
   * @param receivedBytes in the whole day
   * @param sentBytes in the whole day
   * @param knownSeconds of how much of the day something is known
   * @param received bytes a second of each part, the oldest first, or {@link #UNKNOWN}
   * @param sent the same for what was sent
   */
  public record Series(
      String kind,
      String name,
      long receivedBytes,
      long sentBytes,
      long knownSeconds,
      List<Long> received,
      List<Long> sent) {
    /** What {@code kind} is for a line to the internet. */
    public static final String LINE = "line";

    /** What {@code kind} is for a tunnel. */
    public static final String TUNNEL = "tunnel";

    public Series {
      received = List.copyOf(received);
      sent = List.copyOf(sent);
    }
  }
}
