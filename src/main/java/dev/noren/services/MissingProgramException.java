package dev.noren.services;

import dev.noren.text.Sentence;
import dev.noren.text.Told;

/** A program is not there; the sentence says which package brings it. */
final class MissingProgramException extends CommandException implements Told {
  private static final long serialVersionUID = 1;

  private final transient Sentence sentence;

  MissingProgramException(String program) {
    this(DebianPackages.missing(program));
  }

  private MissingProgramException(Sentence sentence) {
    super(sentence.toString());
    this.sentence = sentence;
  }

  @Override
  public Sentence sentence() {
    return sentence;
  }
}
