package dev.noren.router;

import dev.noren.doctor.Finding;
import dev.noren.text.Past;
import java.util.Objects;

/**
 * Writes down what the doctor finds, once each: when it was found twice in a row, and when it is
 * over. For the router's thread.
 */
final class FindingsTold {
  private final Happenings happenings;
  private String toldLast;
  private String foundLast;

  FindingsTold(Happenings happenings) {
    this.happenings = happenings;
  }

  /**
   * After a look.
   *
   * @param finding what was found, or null for nothing
   */
  void found(Finding finding) {
    String found =
        finding == null || !finding.fault()
            ? null
            : Past.words("past.found", finding.number(), finding.says().toString());
    boolean again = Objects.equals(found, foundLast);
    foundLast = found;
    if (again && !Objects.equals(found, toldLast)) {
      happenings.router(found == null ? Past.words("past.found-nothing") : found);
      toldLast = found;
    }
  }
}
