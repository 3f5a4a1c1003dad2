package dev.noren.web;

import dev.noren.text.Sentence;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Rates, sizes and times as people say them. */
final class Measures {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final int KILO = 1000;
  private static final String[] SIZES = {"B", "kB", "MB", "GB", "TB"};
  private static final String[] RATES = {"bit/s", "kbit/s", "Mbit/s", "Gbit/s"};

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private Measures() {}

  /** A time of day with its date, as the box's clock has it. */
  static String time(Instant time) {
    return TIME.format(time.atZone(ZoneId.systemDefault()));
  }

  /** As in 1.2 Mbit/s, of bytes a second. */
  static String rate(long bytesPerSecond) {
    return scaled((double) (bytesPerSecond * Byte.SIZE), RATES);
  }

  /** As in 3.4 GB. */
  static String size(long bytes) {
    return scaled((double) bytes, SIZES);
  }

  private static String scaled(double value, String[] units) {
    double rest = value;
    int unit = 0;
    while (rest >= KILO && unit < units.length - 1) {
      rest /= KILO;
      unit++;
    }
    String format = unit == 0 || rest >= 100 ? "%.0f %s" : "%.1f %s";
    return String.format(Locale.ROOT, format, rest, units[unit]);
  }

  /** How long something has been so, or a time that is left: in its largest unit. */
  static Sentence duration(long seconds) {
    if (seconds < MINUTE) {
      return Sentence.of("web.seconds", seconds);
    }
    if (seconds < HOUR) {
      return Sentence.of("web.minutes", seconds / MINUTE);
    }
    return seconds < DAY
        ? Sentence.of("web.hours", seconds / HOUR)
        : Sentence.of("web.days", seconds / DAY);
  }

  /** How long ago something was; null for never. */
  static Sentence ago(Long seconds) {
    return seconds == null ? Sentence.of("web.never") : Sentence.of("web.ago", duration(seconds));
  }
}
