package dev.noren.cli;

/** The process's exit codes. */
public final class Exit {
  /** All that was asked is done. */
  public static final int DONE = 0;

  /** It could not be done; a sentence on standard error says why. */
  public static final int FAILED = 1;

  /** The command line is wrong. */
  public static final int USAGE = 2;

  private Exit() {}
}
