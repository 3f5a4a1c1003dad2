package dev.noren.doctor;

import dev.noren.text.Sentence;
import java.util.List;

/**
 * Something that is not as it should be.
 *
 * @param number as said on the telephone, such as 4-2; the first part is the group
 * @param key what programs call it
 * @param fault whether something fails for it; else it may be meant, or harms nobody who does not
 *     miss anything
 * @param tunnel the tunnel that it is about, or null
 * @param farEnd the far end that it is about, or null
 * @param says what is wrong
 * @param evidence what was seen
 * @param next what to do
 */
public record Finding(
    String number,
    String key,
    boolean fault,
    String tunnel,
    String farEnd,
    Sentence says,
    List<Sentence> evidence,
    Sentence next) {
  public Finding {
    evidence = List.copyOf(evidence);
  }

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

  /** The same of a tunnel and perhaps one of its far ends. */
  Finding at(String ofTunnel, String ofFarEnd) {
    return new Finding(number, key, fault, ofTunnel, ofFarEnd, says, evidence, next);
  }
}
