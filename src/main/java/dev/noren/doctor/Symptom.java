package dev.noren.doctor;

import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.util.Arrays;
import java.util.Locale;

/** What somebody complains of, as a person says it. */
public enum Symptom {
  /** Nothing goes. */
  CONNECT,

  /** It goes, and takes long. */
  SLOW,

  /** It goes, and stops again and again. */
  CUT,

  /** It goes where it should not. */
  LEAK;

  /** What it is called in JSON, on the command line and by its words. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As a person says it. */
  public Sentence says() {
    return switch (this) {
      case CONNECT -> Sentence.of("symptom.connect");
      case SLOW -> Sentence.of("symptom.slow");
      case CUT -> Sentence.of("symptom.cut");
      case LEAK -> Sentence.of("symptom.leak");
    };
  }

  /** That nothing of this kind was found. */
  public Sentence none() {
    return switch (this) {
      case CONNECT -> Sentence.of("symptom.none-connect");
      case SLOW -> Sentence.of("symptom.none-slow");
      case CUT -> Sentence.of("symptom.none-cut");
      case LEAK -> Sentence.of("symptom.none-leak");
    };
  }

  /**
   * That of this key.
   *
   * @param key as {@link #key} has it, or null for no complaint
   * @throws IllegalArgumentException with a sentence, where there is none of this key
   */
  public static Symptom of(String key) {
    return key == null
        ? null
        : Arrays.stream(values())
            .filter(each -> each.key().equals(key))
            .findFirst()
            .orElseThrow(() -> new Refused("symptom.unknown"));
  }
}
