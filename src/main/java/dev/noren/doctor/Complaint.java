package dev.noren.doctor;

import dev.noren.text.Sentence;
import java.util.List;

/**
 * What came of looking for one kind of trouble.
 *
 * @param symptom what somebody complains of, as {@link Symptom#key} has it
 * @param found whether something was found that makes it so
 * @param looked what was looked at for it, and what was seen there
 */
public record Complaint(String symptom, boolean found, List<Sentence> looked) {
  public Complaint {
    looked = List.copyOf(looked);
  }
}
