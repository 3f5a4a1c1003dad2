package dev.noren.doctor;

import dev.noren.status.Finding;
import java.time.Instant;
import java.util.List;

/**
 * What the doctor says.
 *
 * @param at when
 * @param settled whether all that can be asked was asked lately; while it was not, another look
 *     some seconds later may say more
 * @param finding the one to begin with, or null where nothing was found
 * @param also what else was found, the most important first
 * @param complaint what came of looking for one kind of trouble, or null where nobody said which
 */
public record Diagnosis(
    Instant at, boolean settled, Finding finding, List<Finding> also, Complaint complaint) {
  public Diagnosis {
    also = List.copyOf(also);
  }

  /** Where nobody said what he complains of. */
  public Diagnosis(Instant at, boolean settled, Finding finding, List<Finding> also) {
    this(at, settled, finding, also, null);
  }

  /** Whether the finding is that nothing answers beyond the line. */
  public boolean isNothingBeyond() {
    return finding != null
        && finding.fault()
        && (isOf(Ailment.GATEWAY_SILENT) || isOf(Ailment.NOTHING_BEYOND) || isOf(Ailment.PORTAL));
  }

  private boolean isOf(Ailment what) {
    return finding.number().equals(what.number());
  }

  /** Whether something fails. */
  public boolean isFault() {
    return finding != null && finding.fault();
  }
}
