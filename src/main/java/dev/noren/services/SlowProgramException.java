package dev.noren.services;

/** A command took longer than it may, and was ended. */
final class SlowProgramException extends CommandException {
  private static final long serialVersionUID = 1;

  SlowProgramException(String sentence) {
    super(sentence);
  }
}
