package dev.noren.bench;

import dev.noren.bench.Results.Figures;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The results as text. */
final class Table {
  private static final int FIRST = 32;
  private static final int OTHERS = 16;
  private static final String NOTHING = "-";

  private Table() {}

  /** One line per run as it ends, so that a broken-off bench has said something. */
  static String line(Contestant contestant, Map<Measure, Double> run) {
    return pad(contestant.name(), OTHERS + 2)
        + run.entrySet().stream()
            .map(e -> e.getKey().key() + " " + Measure.number(e.getValue()))
            .collect(Collectors.joining("  "));
  }

  /** Of each measure the medians, the spread, and the ratios to the yardstick. */
  static String of(Results results) {
    StringBuilder text = new StringBuilder();
    line(text, "median, spread, ratio", results.contestants(), Contestant::name);
    for (Measure measure : results.measures()) {
      text.append('\n');
      line(
          text,
          measure.title() + ", " + measure.unit(),
          results.contestants(),
          c -> figures(results.figures(c, measure), f -> Measure.number(f.median())));
      line(
          text,
          "  least to most",
          results.contestants(),
          c ->
              figures(
                  results.figures(c, measure),
                  f -> Measure.number(f.least()) + "-" + Measure.number(f.most())));
      line(
          text,
          "  ÷ " + results.yardstick().name(),
          results.contestants(),
          c -> ratio(results.ratio(c, measure)));
    }
    return text.toString();
  }

  /** A ratio as people read it, or a dash for one that is not known. */
  static String ratio(double ratio) {
    return Double.isNaN(ratio) ? NOTHING : String.format(Locale.ROOT, "x%.2f", ratio);
  }

  private static String figures(Figures figures, Function<Figures, String> what) {
    return figures == null ? NOTHING : what.apply(figures);
  }

  private static void line(
      StringBuilder text,
      String first,
      List<Contestant> contestants,
      Function<Contestant, String> cell) {
    text.append(pad(first, FIRST));
    contestants.forEach(c -> text.append(right(cell.apply(c))));
    text.append('\n');
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  private static String right(String text) {
    return " ".repeat(Math.max(1, OTHERS - text.length())) + text;
  }
}
