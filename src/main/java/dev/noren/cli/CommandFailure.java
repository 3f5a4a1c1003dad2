package dev.noren.cli;

import dev.noren.text.Sentence;
import dev.noren.text.Told;

/** A command could not be done; the message is the sentence that is shown. */
final class CommandFailure extends Exception implements Told {
  private static final long serialVersionUID = 1;

  private final transient Sentence sentence;

  CommandFailure(Sentence sentence) {
    this(sentence, null);
  }

  /** Because of this, which says all there is to say. */
  CommandFailure(Exception cause) {
    this(Sentence.of(cause), cause);
  }

  CommandFailure(Sentence sentence, Throwable cause) {
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
