package dev.noren.text;

/** A value is not taken, and the sentence says why and what would be right; never a secret. */
public final class Refused extends IllegalArgumentException implements Told {
  private static final long serialVersionUID = 1;

  private final transient Sentence sentence;

  /** Refuses with the sentence of this key. */
  public Refused(String key, Object... arguments) {
    this(Sentence.of(key, arguments), null);
  }

  /** Refuses because of something else, which may be null. */
  public Refused(Sentence sentence, Throwable cause) {
    super(null, cause);
    this.sentence = sentence;
  }

  @Override
  public Sentence sentence() {
    return sentence;
  }

  @Override
  public String getMessage() {
    return sentence.toString();
  }
}
