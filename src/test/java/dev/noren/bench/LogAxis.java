package dev.noren.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * A logarithmic axis of ratios.
 *
 * @param least the power of two of its first tick
 * @param most that of its last
 * @param start where the first tick is, pixels
 * @param end where the last is
 */
record LogAxis(int least, int most, int start, int end) {
  private static final double LOG_2 = Math.log(2);

  /** An axis on which all of these have a place, and at least from a half to twice. */
  static LogAxis over(List<Double> ratios, int start, int end) {
    double least = -1;
    double most = 1;
    for (double ratio : ratios) {
      least = Math.min(least, Math.log(ratio) / LOG_2);
      most = Math.max(most, Math.log(ratio) / LOG_2);
    }
    return new LogAxis((int) Math.floor(least), (int) Math.ceil(most), start, end);
  }

  /** Where a ratio is, pixels. */
  double x(double ratio) {
    return start + (Math.log(ratio) / LOG_2 - least) * (end - start) / (most - least);
  }

  /** A power of two as a whole number or a fraction. */
  static String label(double tick) {
    return tick < 1 ? "1/" + Math.round(1 / tick) : Long.toString(Math.round(tick));
  }

  /** The powers of two on it. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (int power = least; power <= most; power++) {
      ticks.add(Math.pow(2, power));
    }
    return ticks;
  }
}
