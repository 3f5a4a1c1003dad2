package dev.noren.doctor;

import dev.noren.status.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

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
          LineChecks::fallback,
          LineChecks::clock,
          NetworkChecks::refusals,
          NetworkChecks::doubleNat,
          FarEndChecks::strangers);

  private Doctor() {}

  /** What is wrong, by what was seen. */
  public static Diagnosis diagnose(Observations seen) {
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
    Finding first =
        found.stream()
            .filter(Finding::fault)
            .findFirst()
            .orElse(found.isEmpty() ? null : found.getFirst());
    return new Diagnosis(
        seen.status().at(),
        seen.settled(),
        first,
        found.stream().filter(each -> !each.equals(first)).toList());
  }
}
