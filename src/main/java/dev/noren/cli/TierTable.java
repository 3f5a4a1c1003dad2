package dev.noren.cli;

import dev.noren.crypto.TierReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A trial of the tiers as a table. */
final class TierTable {
  private static final int NAME_WIDTH = 16;
  private static final int TIME_WIDTH = 8;

  private TierTable() {}

  /**
   * The lines to print.
   *
   * @param java what it was tried on
   */
  static List<String> lines(TierReport report, String java) {
    List<String> lines = new ArrayList<>();
    StringBuilder sizes = name("ns per packet");
    StringBuilder ways = name("");
    for (int size : TierReport.SIZES) {
      sizes.append(right(size + " bytes", 2 * TIME_WIDTH));
      ways.append(right("seal", TIME_WIDTH)).append(right("open", TIME_WIDTH));
    }
    lines.add(sizes.toString());
    lines.add(ways.toString());
    report.rows().forEach(row -> lines.add(line(row, report)));
    lines.add("* is what a tunnel takes with this " + java + ".");
    for (TierReport.Row row : report.rows()) {
      if (row.problem() != null) {
        lines.add(row.tier() + " can't be used: " + row.problem() + ".");
      }
    }
    return lines;
  }

  private static String line(TierReport.Row row, TierReport report) {
    StringBuilder line = name(row.tier() + (row.tier() == report.choice() ? " *" : ""));
    if (row.problem() != null) {
      return line.append(right("-", TIME_WIDTH).repeat(2 * TierReport.SIZES.size())).toString();
    }
    for (TierReport.Times times : row.times()) {
      line.append(right(Long.toString(times.sealNs()), TIME_WIDTH));
      line.append(right(Long.toString(times.openNs()), TIME_WIDTH));
    }
    return line.toString();
  }

  private static StringBuilder name(String text) {
    return new StringBuilder(String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s", text));
  }

  private static String right(String text, int width) {
    return String.format(Locale.ROOT, "%" + width + "s", text);
  }
}
