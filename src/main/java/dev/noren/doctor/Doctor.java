package dev.noren.doctor;

import dev.noren.status.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Looks from the cable to the far host. The first thing that is wrong on the way to the internet is
 * the finding, since what lies behind it fails for it; then each far end is looked at, and last
 * what may be meant.
 */
public final class Doctor {
  private static final List<Function<Observations, Finding>> WAY =
      List.of(
          LineChecks::noLink,
          NetworkChecks::lineOverlaps,
          LineChecks::noAddress,
          LineChecks::silent,
          LineChecks::dnsDead,
          LineChecks::portal,
          LineChecks::nameUnknown);

  private static final List<Function<Observations, List<Finding>>> REST =
      List.of(
          NetworkChecks::overlaps,
          FarEndChecks::all,
          PassageChecks::all,
          SlowChecks::all,
          LineChecks::fallback,
          LineChecks::clock,
          NetworkChecks::refusals,
          NetworkChecks::doubleNat,
          FarEndChecks::strangers);

  /** What was so before, and what the settings make so: whatever is wrong with the line now. */
  private static final List<Function<Observations, List<Finding>>> ALWAYS =
      List.of(CutChecks::all, LeakChecks::all);

  private Doctor() {}

  /** What is wrong, by what was seen. */
  public static Diagnosis diagnose(Observations seen) {
    return diagnose(seen, null);
  }

  /**
   * The same for who says what he complains of: what makes people say that goes before the rest.
   *
   * @param symptom what he complains of, or null
   */
  public static Diagnosis diagnose(Observations seen, Symptom symptom) {
    List<Finding> found = found(seen);
    List<Finding> fitting =
        symptom == null
            ? List.of()
            : found.stream().filter(each -> Ailment.fits(each, symptom)).toList();
    Finding first = first(fitting.isEmpty() ? found : fitting);
    return new Diagnosis(
        seen.status().at(),
        seen.settled(),
        first,
        Stream.concat(fitting.stream(), found.stream())
            .distinct()
            .filter(each -> !each.equals(first))
            .toList(),
        symptom == null
            ? null
            : new Complaint(symptom.key(), !fitting.isEmpty(), Looked.at(seen, symptom)));
  }

  private static List<Finding> found(Observations seen) {
    List<Finding> found = new ArrayList<>();
    for (Function<Observations, Finding> check : WAY) {
      Finding finding = found.isEmpty() ? check.apply(seen) : null;
      if (finding != null) {
        found.add(finding);
      }
    }
    if (found.isEmpty()) {
      REST.forEach(check -> found.addAll(check.apply(seen)));
    }
    ALWAYS.forEach(check -> found.addAll(check.apply(seen)));
    return found;
  }

  private static Finding first(List<Finding> found) {
    return found.stream()
        .filter(Finding::fault)
        .findFirst()
        .orElse(found.isEmpty() ? null : found.getFirst());
  }
}
