package dev.noren.services;

import java.io.IOException;

/** A command could not be run, failed or took too long; the message is one sentence. */
public sealed class CommandException extends IOException
    permits MissingProgramException, SlowProgramException {
  private static final long serialVersionUID = 1;

  CommandException(String sentence) {
    super(sentence);
  }

  CommandException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
