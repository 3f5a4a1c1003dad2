package dev.noren.forms;

import java.util.Locale;

/**
 * Why an inviter does not go on with a joiner. Only the word is sent: a joiner shows no text that
 * came from elsewhere.
 */
public enum Refusal {
  /** Another has used the invitation. */
  USED(
      "the invitation was used already, by another router: telephone the other shop, whose noren"
          + " pair shows it; unless that was you, have them refuse it and make a new invitation"),

  /** It is too late. */
  EXPIRED(
      "the invitation has expired by the clock of the router that made it: have a new one made,"
          + " which is good for "
          + Invitation.HOURS
          + " hours"),

  /** The person there has refused. */
  REFUSED("the other shop has refused: telephone them and have a new invitation made"),

  /** Something else is being changed there. */
  LATER("the other router is busy with a change that waits to be confirmed; it is asked again"),

  /** The networks can't be joined. */
  NETWORKS(
      "the other router can't join this shop's network with its own, and its log says why: only"
          + " private networks of IPv4 from /16 to /30 are joined"),

  /** There is no such invitation any more, or never was. */
  UNKNOWN("the other router does not know this invitation any more: have a new one made"),

  /** It can't be understood. */
  WRONG("the other router does not understand this one: both should have the same version");

  private final String sentence;

  Refusal(String sentence) {
    this.sentence = sentence;
  }

  /** What the joiner's person is told. */
  public String sentence() {
    return sentence;
  }

  /** Whether it makes no sense to ask again. */
  public boolean isFinal() {
    return this != LATER;
  }

  /** As it is sent. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What was sent; what is not known is WRONG. */
  public static Refusal of(String word) {
    for (Refusal each : values()) {
      if (each.word().equals(word)) {
        return each;
      }
    }
    return WRONG;
  }
}
