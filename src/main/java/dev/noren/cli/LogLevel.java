package dev.noren.cli;

/** How much is logged: the environment's LOG_LEVEL, with wireguard-go's words. */
public enum LogLevel {
  /** Nothing. */
  SILENT,
  /** What went wrong: the default. */
  ERROR,
  /** Everything, commands that are run among it. */
  DEBUG;

  /**
   * Reads LOG_LEVEL: silent, error, verbose or debug.
   *
   * @param text the variable's value, or null where it is not set
   */
  public static LogLevel of(String text) {
    if (text == null) {
      return ERROR;
    }
    return switch (text) {
      case "silent" -> SILENT;
      case "verbose", "debug" -> DEBUG;
      default -> ERROR;
    };
  }
}
