package dev.noren.cli;

import java.util.regex.Pattern;

/** Breaks text into lines of a terminal's width. */
final class Wrapping {
  /** What every terminal has. */
  static final int WIDTH = 80;

  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
  private static final int FIRST_WIDE = 0x1100;

  private Wrapping() {}

  /** The text without what would steer a terminal: names come from devices that nobody knows. */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints().forEach(c -> clean.appendCodePoint(steers(c) ? '?' : c));
    return clean.toString();
  }

  private static boolean steers(int codePoint) {
    return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.FORMAT;
  }

  /**
   * Lines that are broken between words, and within one only where it is longer than a line.
   *
   * @param start what the first line begins with
   * @param indent how many blanks those after it begin with
   */
  static String wrap(String start, int indent, String text) {
    StringBuilder lines = new StringBuilder(start);
    int column = width(start);
    boolean atStart = true;
    for (String word : text.split(" ", -1)) {
      if (!atStart && column + 1 + width(word) > WIDTH) {
        column = newLine(lines, indent);
      } else if (!atStart) {
        lines.append(' ');
        column++;
      }
      column = append(lines, indent, column, word);
      atStart = false;
    }
    return lines.append('\n').toString();
  }

  private static int append(StringBuilder lines, int indent, int column, String word) {
    if (column + width(word) <= WIDTH) {
      lines.append(word);
      return column + width(word);
    }
    int at = column;
    for (int c : COLOUR.matcher(word).replaceAll("").codePoints().toArray()) {
      if (at + width(c) > WIDTH) {
        at = newLine(lines, indent);
      }
      lines.appendCodePoint(c);
      at += width(c);
    }
    return at;
  }

  private static int newLine(StringBuilder lines, int indent) {
    lines.append('\n').append(" ".repeat(indent));
    return indent;
  }

  /** How many columns a text takes. */
  static int width(String text) {
    return COLOUR.matcher(text).replaceAll("").codePoints().map(Wrapping::width).sum();
  }

  /**
   * Those of East Asia take two columns; for others beyond them two is too much and does no harm.
   */
  private static int width(int codePoint) {
    return codePoint >= FIRST_WIDE ? 2 : 1;
  }
}
