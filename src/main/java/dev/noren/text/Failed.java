package dev.noren.text;

import java.io.IOException;

/** Something can't be done, and the sentence says why and what to do. */
public final class Failed extends IOException implements Told {
  private static final long serialVersionUID = 1;

  private final transient Sentence sentence;

  /** Fails with the sentence of this key. */
  public Failed(String key, Object... arguments) {
    this(Sentence.of(key, arguments), null);
  }

  /** Fails because of something else, which may be null. */
  public Failed(Sentence sentence, Throwable cause) {
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
