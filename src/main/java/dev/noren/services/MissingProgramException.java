package dev.noren.services;

/** A program is not there; the message says which package brings it. */
final class MissingProgramException extends CommandException {
  private static final long serialVersionUID = 1;

  MissingProgramException(String program) {
    super(DebianPackages.missing(program));
  }
}
