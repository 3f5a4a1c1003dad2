package dev.noren.doctor;

import dev.noren.status.Condition;
import dev.noren.status.Health;
import dev.noren.status.RouterStatus;
import dev.noren.status.Statuses;
import dev.noren.text.Sentence;
import java.util.List;

/** Diagnoses for tests. */
public final class Diagnoses {
  /** Nothing is wrong. */
  public static final Diagnosis NONE = new Diagnosis(Statuses.AT, true, null, List.of());

  /** A far end that does not know this box's key, and a rule that keeps something back. */
  public static final Diagnosis FAR_SILENT = farSilent();

  /** The snapshot that goes with it. */
  public static final RouterStatus SILENT_STATUS =
      Statuses.in(
          silent("hq office").status(),
          new Condition(Health.DOWN_4, Statuses.AT, FAR_SILENT.finding()));

  private Diagnoses() {}

  /** The same for who complains of something that nothing was found of, on a healthy box. */
  public static Diagnosis complained(Diagnosis of, Symptom symptom) {
    return new Diagnosis(
        of.at(),
        of.settled(),
        of.finding(),
        of.also(),
        new Complaint(symptom.key(), false, Looked.at(new Case().made(), symptom)));
  }

  private static Diagnosis farSilent() {
    return named("hq office");
  }

  /** The same with another name of the far end. */
  public static Diagnosis named(String farEnd) {
    return Doctor.diagnose(silent(farEnd).made());
  }

  private static Case silent(String farEnd) {
    Case made = new Case();
    made.peerName = farEnd;
    made.silentFor(42);
    made.refusals.add(new Refusal(Sentence.of("counter.devices", "phones"), 12));
    return made;
  }
}
