package dev.noren.bench;

import dev.noren.bench.Results.Figures;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The results as a picture: for each measure a bar for each contestant, from the yardstick's 1 to
 * its ratio, on a logarithmic axis, so that half as much is as far from it as twice as much.
 */
final class Plot {
  private static final int WIDTH = 1000;
  private static final int LEFT = 20;
  private static final int NAMES_END = 355;
  private static final int AXIS_START = 365;
  private static final int AXIS_END = 790;
  private static final int LABELS = 805;
  private static final int HEAD_LINE = 17;
  private static final int BAR = 12;
  private static final int BAR_STEP = 18;
  private static final int ROW_GAP = 14;
  private static final int LEAST_ROW = 2 * BAR_STEP;

  private final Map<String, String> head;
  private final Results results;
  private final Svg svg = new Svg();

  Plot(Map<String, String> head, Results results) {
    this.head = head;
    this.results = results;
  }

  /** The whole picture as an SVG file. */
  String svg() {
    int y = head();
    LogAxis axis = LogAxis.over(allRatios(), AXIS_START, AXIS_END);
    int top = y;
    for (Measure measure : results.measures()) {
      y = row(axis, measure, y + ROW_GAP);
    }
    int bottom = y + ROW_GAP / 2;
    for (double tick : axis.ticks()) {
      double x = axis.x(tick);
      svg.lineBehind(x, top, x, bottom, tick == 1 ? "#000" : "#ddd");
      svg.text(x, top - 6, "middle", "", LogAxis.label(tick));
    }
    svg.text(
        LEFT,
        bottom + 24,
        "start",
        "",
        "Bar: the median divided by that of "
            + results.yardstick().name()
            + ". Circles: the same of each round. The axis is logarithmic.");
    return svg.render(WIDTH, bottom + 40);
  }

  private int head() {
    int y = 34;
    svg.text(LEFT, y, "start", "big", "Noren beside other WireGuards (" + yardstick() + " = 1)");
    for (Map.Entry<String, String> line : head.entrySet()) {
      y += HEAD_LINE;
      svg.text(LEFT, y, "start", "grey", line.getKey());
      svg.text(LEFT + 70, y, "start", "grey", line.getValue());
    }
    return y + 40;
  }

  private String yardstick() {
    return results.yardstick().name();
  }

  /** Draws one measure; returns where it ends. */
  private int row(LogAxis axis, Measure measure, int top) {
    Figures one = results.figures(results.yardstick(), measure);
    svg.text(LEFT, top + BAR, "start", "bold", measure.title());
    svg.text(
        LEFT,
        top + BAR + BAR_STEP,
        "start",
        "grey",
        (one == null ? "" : "1 = " + Measure.number(one.median()) + " " + measure.unit() + "; ")
            + (measure.moreIsBetter() ? "more is better" : "less is better"));
    int y = top;
    for (Contestant contestant : results.contestants()) {
      Figures figures = results.figures(contestant, measure);
      if (figures != null && !contestant.equals(results.yardstick())) {
        bar(axis, contestant, measure, figures, y);
        y += BAR_STEP;
      }
    }
    return Math.max(y, top + LEAST_ROW);
  }

  private void bar(LogAxis axis, Contestant contestant, Measure measure, Figures figures, int y) {
    double ratio = results.ratio(contestant, measure);
    svg.text(NAMES_END, y + BAR - 2, "end", "", contestant.name());
    String label = Measure.number(figures.median()) + " " + measure.unit();
    if (!Double.isNaN(ratio)) {
      double x = axis.x(ratio);
      svg.box(Math.min(x, axis.x(1)), y, Math.abs(x - axis.x(1)), BAR, fill(contestant.role()));
      for (double round : results.roundRatios(contestant, measure)) {
        svg.circle(axis.x(round), y + BAR / 2.0, 2.5);
      }
      svg.text(LABELS, y + BAR - 2, "start", "bold", Table.ratio(ratio).replace('x', '×'));
    }
    svg.text(LABELS + 60, y + BAR - 2, "start", "", label);
  }

  private static String fill(Contestant.Role role) {
    return switch (role) {
      case NOREN -> "#000";
      case NOREN_AVX2 -> "#666";
      case YARDSTICK, OTHER -> "#bbb";
      case WIRE -> "#fff";
    };
  }

  private List<Double> allRatios() {
    return results.measures().stream()
        .flatMap(
            measure ->
                results.contestants().stream()
                    .flatMap(
                        contestant ->
                            Stream.concat(
                                Stream.of(results.ratio(contestant, measure)),
                                results.roundRatios(contestant, measure).stream())))
        .filter(ratio -> !ratio.isNaN())
        .toList();
  }
}
