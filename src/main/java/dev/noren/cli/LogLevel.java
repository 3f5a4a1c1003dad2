package dev.noren.cli;

/** How much is logged: the environment's LOG_LEVEL, with wireguard-go's words. */
public enum LogLevel {
  /** Nothing. */
  SILENT,
  /** What went wrong. */
  ERROR,
  /** Also what happens by itself: names found at last, what hooks say. */
  INFO,
  /** Everything, commands that are run among it. */
  DEBUG;

  /**
   * Reads LOG_LEVEL: silent, error, info, verbose or debug.
   *
   * @param text the variable's value, or null where it is not set
   * @param usual the level where nothing, or nothing known, is asked for
   */
  public static LogLevel of(String text, LogLevel usual) {
    if (text == null) {
      return usual;
    }
    return switch (text) {
      case "silent" -> SILENT;
      case "error" -> ERROR;
      case "info" -> INFO;
      case "verbose", "debug" -> DEBUG;
      default -> usual;
    };
  }
}
