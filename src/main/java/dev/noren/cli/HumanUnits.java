package dev.noren.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Times and sizes in the words of {@code wg show}. */
final class HumanUnits {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long YEAR = 365 * DAY;
  private static final long KIB = 1024;
  private static final long MIB = KIB * KIB;
  private static final long GIB = KIB * MIB;
  private static final long TIB = KIB * GIB;

  private final Paint paint;

  HumanUnits(Paint paint) {
    this.paint = paint;
  }

  /** As in "1 hour, 2 seconds"; nothing for 0. */
  String duration(long seconds) {
    StringBuilder text = new StringBuilder();
    add(text, seconds / YEAR, "year");
    add(text, seconds % YEAR / DAY, "day");
    add(text, seconds % DAY / HOUR, "hour");
    add(text, seconds % HOUR / MINUTE, "minute");
    add(text, seconds % MINUTE, "second");
    return text.toString();
  }

  private void add(StringBuilder text, long count, String unit) {
    if (count != 0) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(count)
          .append(' ')
          .append(paint.cyan(count == 1 ? unit : unit + "s"));
    }
  }

  /** How long ago a time was, both in unix seconds. */
  String ago(long then, long now) {
    if (now == then) {
      return "Now";
    }
    return now < then
        ? "(" + paint.red("System clock wound backward; connection problems may ensue.") + ")"
        : duration(now - then) + " ago";
  }

  /** A size in the largest fitting unit; {@code bytes} is unsigned. */
  String bytes(long bytes) {
    if (Long.compareUnsigned(bytes, KIB) < 0) {
      return bytes + " " + paint.cyan("B");
    }
    double size = (bytes >>> 1) * 2.0 + (bytes & 1);
    if (Long.compareUnsigned(bytes, MIB) < 0) {
      return scaled(size / KIB, "KiB");
    }
    if (Long.compareUnsigned(bytes, GIB) < 0) {
      return scaled(size / MIB, "MiB");
    }
    return Long.compareUnsigned(bytes, TIB) < 0
        ? scaled(size / GIB, "GiB")
        : scaled(size / GIB / KIB, "TiB");
  }

  /** C rounds the double's exact value, and a tie to even; Java's formatter does neither. */
  private String scaled(double value, String unit) {
    return new BigDecimal(value).setScale(2, RoundingMode.HALF_EVEN).toPlainString()
        + " "
        + paint.cyan(unit);
  }
}
