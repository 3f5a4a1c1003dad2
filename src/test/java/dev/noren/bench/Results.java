package dev.noren.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What all runs have measured so far. */
final class Results {
  /**
   * One measure of one contestant.
   *
   * @param byRound the figures by the number of their round, at least one
   */
  record Figures(SortedMap<Integer, Double> byRound) {
    List<Double> values() {
      return List.copyOf(byRound.values());
    }

    double least() {
      return values().stream().mapToDouble(v -> v).min().orElseThrow();
    }

    double most() {
      return values().stream().mapToDouble(v -> v).max().orElseThrow();
    }

    double median() {
      double[] sorted = values().stream().mapToDouble(v -> v).sorted().toArray();
      int middle = sorted.length / 2;
      return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
  }

  private final List<Contestant> contestants;
  private final Contestant yardstick;
  private final Map<Contestant, Map<Measure, SortedMap<Integer, Double>>> runs = new HashMap<>();

  Results(List<Contestant> contestants) {
    this.contestants = contestants;
    yardstick =
        contestants.stream()
            .filter(c -> c.role() == Contestant.Role.YARDSTICK)
            .findFirst()
            .orElseThrow();
  }

  void add(Contestant contestant, int round, Map<Measure, Double> run) {
    Map<Measure, SortedMap<Integer, Double>> all =
        runs.computeIfAbsent(contestant, c -> new EnumMap<>(Measure.class));
    run.forEach(
        (measure, value) -> all.computeIfAbsent(measure, m -> new TreeMap<>()).put(round, value));
  }

  List<Contestant> contestants() {
    return contestants;
  }

  /** The one that all are compared with. */
  Contestant yardstick() {
    return yardstick;
  }

  /** The measures that anything is known of. */
  List<Measure> measures() {
    return Arrays.stream(Measure.values())
        .filter(m -> contestants.stream().anyMatch(c -> figures(c, m) != null))
        .toList();
  }

  /** What a contestant achieved, or null if that was not measured. */
  Figures figures(Contestant contestant, Measure measure) {
    SortedMap<Integer, Double> byRound = runs.getOrDefault(contestant, Map.of()).get(measure);
    return byRound == null ? null : new Figures(byRound);
  }

  /** A contestant's median divided by the yardstick's, or NaN where one is missing. */
  double ratio(Contestant contestant, Measure measure) {
    Figures its = figures(contestant, measure);
    Figures one = figures(yardstick, measure);
    return its == null || one == null ? Double.NaN : its.median() / one.median();
  }

  /** Each round's figure divided by the yardstick's of the same round, where both have one. */
  List<Double> roundRatios(Contestant contestant, Measure measure) {
    Figures its = figures(contestant, measure);
    Figures one = figures(yardstick, measure);
    List<Double> ratios = new ArrayList<>();
    if (its != null && one != null) {
      its.byRound()
          .forEach(
              (round, value) -> {
                Double other = one.byRound().get(round);
                if (other != null) {
                  ratios.add(value / other);
                }
              });
    }
    return ratios;
  }
}
