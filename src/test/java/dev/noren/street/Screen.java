package dev.noren.street;

import java.util.List;

/** What who watches the demo sees: at most {@link #COLUMNS} wide, in colour only where asked. */
final class Screen {
  static final int COLUMNS = 90;

  private static final int MOST_LINES = 70;

  private final boolean colour;
  private volatile boolean silent;

  Screen(boolean colour) {
    this.colour = colour;
  }

  /** From now on only {@link #last} says anything. */
  void silence() {
    silent = true;
  }

  void title(String text) {
    print("\n" + paint("1", text));
  }

  void worked(String what) {
    print("  " + paint("32", "✓") + " " + what);
  }

  void failed(String what) {
    print("  " + paint("31", "✗") + " " + what);
  }

  /** What somebody else said, indented; what is too long for a line goes on in the next. */
  void said(String text) {
    List<String> lines = text.strip().lines().toList();
    int left = Math.max(0, lines.size() - MOST_LINES);
    if (left > 0) {
      quote("... " + left + " lines before these");
    }
    lines.subList(left, lines.size()).forEach(this::quote);
  }

  private void quote(String line) {
    String indent = "      ";
    String rest = line;
    while (indent.length() + rest.length() > COLUMNS) {
      int room = COLUMNS - indent.length();
      int blank = rest.lastIndexOf(' ', room);
      int end = blank > room / 2 ? blank : room;
      print(indent + rest.substring(0, end));
      rest = rest.substring(end).stripLeading();
      indent = "          ";
    }
    print(indent + rest);
  }

  /** A command as it would be typed. */
  void typed(String command) {
    print("      " + paint("36", "$ " + command));
  }

  void plain(String text) {
    print(text);
  }

  /** Whether colours, and other things that only a terminal understands, may be used. */
  boolean isColourful() {
    return colour;
  }

  /** What stays the last line, and is drawn over again and again. */
  void bottom(String text) {
    if (!silent) {
      System.out.print("\r  " + text + " ");
      System.out.flush();
    }
  }

  /** Even when all else is silent. */
  void last(String what) {
    System.out.println("\n  " + paint("32", "✓") + " " + what);
  }

  private void print(String text) {
    if (!silent) {
      System.out.println(text);
    }
  }

  private String paint(String code, String text) {
    return colour ? "\033[" + code + "m" + text + "\033[0m" : text;
  }
}
