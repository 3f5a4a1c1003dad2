package dev.noren.cli;

/** A command could not be done; the message is the sentence that is shown. */
final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1;

  CommandFailure(String sentence) {
    super(sentence);
  }

  CommandFailure(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
