package dev.noren.router;

import dev.noren.state.GreatestTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The day by which devices' time is up. A board without a clock of its own starts in the past, and
 * must not let in who was let in then; so it is no day before this program was made, before the
 * newest document was saved, or before the greatest time that this box ever saw.
 */
final class Today {
  /** No day of this program's is before. */
  static final LocalDate LEAST = LocalDate.of(2026, 1, 1);

  private final GreatestTime greatest;
  private final LocalDate least;

  /**
   * @param savedAt when the document was saved that the router starts with
   */
  Today(GreatestTime greatest, Instant savedAt) {
    this.greatest = greatest;
    LocalDate saved = day(savedAt);
    this.least = saved.isAfter(LEAST) ? saved : LEAST;
  }

  /** The day in the box's time zone. */
  LocalDate get() {
    // Nobody says whether the clock was set; so the greatest time ever seen counts.
    LocalDate today = day(greatest.forExpiry(false));
    return today.isAfter(least) ? today : least;
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneId.systemDefault());
  }
}
