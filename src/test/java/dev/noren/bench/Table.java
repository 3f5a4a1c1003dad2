package dev.noren.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All runs' results, and the table of their medians and ratios. */
final class Table {
  private static final int FIRST = 30;
  private static final int OTHERS = 17;

  private final List<Contestant> contestants;
  private final List<List<Map<Measure, Double>>> runs = new ArrayList<>();

  Table(List<Contestant> contestants) {
    this.contestants = contestants;
    contestants.forEach(contestant -> runs.add(new ArrayList<>()));
  }

  void add(int contestant, Map<Measure, Double> run) {
    runs.get(contestant).add(run);
  }

  /** One line per run as it ends, so that a broken-off bench has said something. */
  static String line(Contestant contestant, Map<Measure, Double> run) {
    StringBuilder line = new StringBuilder(pad(contestant.name(), FIRST));
    for (Measure measure : Measure.values()) {
      line.append(right(number(run.get(measure))));
    }
    return line.toString();
  }

  /** Medians with the spread below them, then the first contestant's as ratios to the others'. */
  String render() {
    StringBuilder text = new StringBuilder(pad("median (least to most)", FIRST));
    contestants.forEach(contestant -> text.append(right(contestant.name())));
    for (int i = 1; i < contestants.size(); i++) {
      text.append(right("ratio " + i));
    }
    text.append('\n');
    for (Measure measure : Measure.values()) {
      row(text, measure);
    }
    text.append('\n');
    for (int i = 1; i < contestants.size(); i++) {
      text.append("ratio %d: %s / %s%n".formatted(i, name(0), name(i)));
    }
    return text.toString();
  }

  private void row(StringBuilder text, Measure measure) {
    text.append(pad(measure.title(), FIRST));
    for (int i = 0; i < contestants.size(); i++) {
      text.append(right(number(median(i, measure))));
    }
    for (int i = 1; i < contestants.size(); i++) {
      double ratio = median(0, measure) / median(i, measure);
      text.append(right(String.format(Locale.ROOT, "x %.2f", ratio)));
    }
    text.append('\n').append(pad("", FIRST));
    for (int i = 0; i < contestants.size(); i++) {
      List<Double> values = values(i, measure);
      text.append(right(number(values.getFirst()) + "-" + number(values.getLast())));
    }
    text.append('\n');
  }

  private String name(int contestant) {
    return contestants.get(contestant).name();
  }

  private double median(int contestant, Measure measure) {
    List<Double> values = values(contestant, measure);
    int middle = values.size() / 2;
    return values.size() % 2 == 1
        ? values.get(middle)
        : (values.get(middle - 1) + values.get(middle)) / 2;
  }

  private List<Double> values(int contestant, Measure measure) {
    List<Double> values = new ArrayList<>();
    runs.get(contestant).forEach(run -> values.add(run.get(measure)));
    Collections.sort(values);
    return values;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  private static String right(String text) {
    return " ".repeat(Math.max(1, OTHERS - text.length())) + text;
  }
}
