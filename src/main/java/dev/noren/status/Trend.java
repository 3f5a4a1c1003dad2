package dev.noren.status;

import dev.noren.status.Carried.Way;
import java.util.List;

/**
 * How lines and tunnels fared in each part of a longer time.
 *
 * @param traffic what they carried
 * @param quality how surely and fast echoes came back through tunnels; for a line, and where nobody
 *     was asked, there is nothing known
 */
public record Trend(TrafficDay traffic, List<Quality> quality) {
  /** What stands for a part of which nothing is known. */
  public static final long UNKNOWN = TrafficDay.UNKNOWN;

  public Trend {
    quality = List.copyOf(quality);
  }

  /** How long each part is. */
  public enum By {
    /** The last day. */
    MINUTE(60, 1_440),

    /** The last 90 days. */
    HOUR(3_600, 2_160);

    private final int seconds;
    private final int parts;

    By(int seconds, int parts) {
      this.seconds = seconds;
      this.parts = parts;
    }

    /** A part, seconds. */
    public int seconds() {
      return seconds;
    }

    /** The same in milliseconds. */
    public long ms() {
      return seconds * 1_000L;
    }

    /** How many there are. */
    public int parts() {
      return parts;
    }
  }

  /**
   * One tunnel's.
   *
   * @param way the tunnel
   * @param lostPercent of each part, the oldest first, or {@link #UNKNOWN}
   * @param microseconds how long an answer took, or {@link #UNKNOWN}
   */
  public record Quality(Way way, List<Long> lostPercent, List<Long> microseconds) {
    public Quality {
      lostPercent = List.copyOf(lostPercent);
      microseconds = List.copyOf(microseconds);
    }
  }
}
