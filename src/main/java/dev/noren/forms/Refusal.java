package dev.noren.forms;

import dev.noren.text.Sentence;
import java.util.Locale;

/**
 * Why an inviter does not go on with a joiner. Only the word is sent: a joiner shows no text that
 * came from elsewhere.
 */
public enum Refusal {
  /** Another has used the invitation. */
  USED("refusal.used"),

  /** It is too late. */
  EXPIRED("refusal.expired"),

  /** The person there has refused. */
  REFUSED("refusal.refused"),

  /** Something else is being changed there. */
  LATER("refusal.later"),

  /** The networks can't be joined. */
  NETWORKS("refusal.networks"),

  /** There is no such invitation any more, or never was. */
  UNKNOWN("refusal.unknown"),

  /** It can't be understood. */
  WRONG("refusal.wrong");

  private final String key;

  Refusal(String key) {
    this.key = key;
  }

  /** What the joiner's person is told. */
  public Sentence sentence() {
    return this == EXPIRED ? Sentence.of(key, Invitation.HOURS) : Sentence.of(key);
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
