package dev.noren.doctor;

import dev.noren.status.Finding;
import dev.noren.text.Sentence;
import java.util.List;

/** Makes findings out of what can be found and the words of it. */
final class Findings {
  private Findings() {}

  /** Of the box or its line. */
  static Finding of(Ailment what, boolean fault, List<Sentence> evidence, Object... words) {
    return new Finding(
        what.number(),
        what.key(),
        fault,
        null,
        null,
        words("finding." + what.key(), words),
        evidence,
        words("finding." + what.key() + "-next", words));
  }

  private static Sentence words(String key, Object... words) {
    return Sentence.of(key, words);
  }
}
