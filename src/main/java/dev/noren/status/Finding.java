package dev.noren.status;

import dev.noren.text.Sentence;
import java.util.List;
import java.util.Objects;

/**
 * Something that is not as it should be: the one that the page, the lights and the command line
 * show. The doctor makes it.
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

  /** The same of a tunnel and perhaps one of its far ends. */
  public Finding at(String ofTunnel, String ofFarEnd) {
    return new Finding(number, key, fault, ofTunnel, ofFarEnd, says, evidence, next);
  }

  /** The same with something else to do. */
  public Finding advising(Sentence other) {
    return new Finding(number, key, fault, tunnel, farEnd, says, evidence, other);
  }

  /** Its group, which lights count: 1 to 6. */
  public int group() {
    return number.charAt(0) - '0';
  }

  /** Whether two are of the same thing at the same place, whatever else was seen; null is none. */
  static boolean isSame(Finding one, Finding other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return one.number.equals(other.number)
        && Objects.equals(one.tunnel, other.tunnel)
        && Objects.equals(one.farEnd, other.farEnd);
  }
}
