package dev.noren.probe;

import dev.noren.text.Sentence;
import dev.noren.text.Told;
import java.io.IOException;

/** A name server has said that there is no such name, or no address to it. */
public final class NoAddressException extends IOException implements Told {
  private static final long serialVersionUID = 1;

  private final transient Sentence sentence;

  NoAddressException(Sentence sentence) {
    super(sentence.toString());
    this.sentence = sentence;
  }

  @Override
  public Sentence sentence() {
    return sentence;
  }
}
