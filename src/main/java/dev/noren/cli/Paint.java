package dev.noren.cli;

/**
 * The colours of {@code wg show}.
 *
 * @param on whether there are any
 */
record Paint(boolean on) {
  private static final String RESET = "\u001b[0m";
  private static final String BOLD = "\u001b[1m";
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String YELLOW = "\u001b[33m";
  private static final String CYAN = "\u001b[36m";

  String reset() {
    return on ? RESET : "";
  }

  String bold(String text) {
    return wrap(BOLD, text);
  }

  String red(String text) {
    return wrap(RED, text);
  }

  String green(String text) {
    return wrap(GREEN, text);
  }

  String greenBold(String text) {
    return wrap(GREEN + BOLD, text);
  }

  String yellow(String text) {
    return wrap(YELLOW, text);
  }

  String yellowBold(String text) {
    return wrap(YELLOW + BOLD, text);
  }

  String cyan(String text) {
    return wrap(CYAN, text);
  }

  private String wrap(String colour, String text) {
    return on ? colour + text + RESET : text;
  }
}
