package dev.noren.cli;

import java.util.ArrayList;
import java.util.List;

/** A table for people: its columns are as wide as what is in them. */
final class Columns {
  private static final String BETWEEN = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  Columns(String... titles) {
    rows.add(List.of(titles));
  }

  /** Adds a row; what would steer a terminal is not taken along. */
  void add(String... cells) {
    List<String> row = new ArrayList<>();
    for (String cell : cells) {
      row.add(Wrapping.clean(cell));
    }
    rows.add(row);
  }

  /** Whether there is nothing below the titles. */
  boolean isEmpty() {
    return rows.size() == 1;
  }

  String text() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], Wrapping.width(row.get(i)));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i))
            .append(" ".repeat(widths[i] - Wrapping.width(row.get(i))))
            .append(BETWEEN);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
