package dev.noren.status;

import dev.noren.status.LogEntry.Kind;
import dev.noren.text.Refused;
import java.time.Instant;

/**
 * Which entries of the log are asked for.
 *
 * @param since not before this, or null
 * @param kind only these, or null for all
 * @param limit the last so many of them; 1 or more
 */
public record LogQuery(Instant since, Kind kind, int limit) {
  /** The most that can be asked for at once. */
  public static final int MOST = 10_000;

  public LogQuery {
    if (limit < 1 || limit > MOST) {
      throw new Refused("log.limit", limit, MOST);
    }
  }

  /** Whether this is asked for, but for the limit. */
  public boolean wants(LogEntry entry) {
    return (since == null || !entry.at().isBefore(since)) && (kind == null || entry.kind() == kind);
  }
}
