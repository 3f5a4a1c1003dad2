package dev.noren.cli;

import dev.noren.text.Language;
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
  private final Speech speech;

  HumanUnits(Paint paint) {
    this(paint, Speech.ENGLISH);
  }

  HumanUnits(Paint paint, Speech speech) {
    this.paint = paint;
    this.speech = speech;
  }

  /** As in "1 hour, 2 seconds"; nothing for 0. */
  String duration(long seconds) {
    StringBuilder text = new StringBuilder();
    add(text, seconds / YEAR, "time.year");
    add(text, seconds % YEAR / DAY, "time.day");
    add(text, seconds % DAY / HOUR, "time.hour");
    add(text, seconds % HOUR / MINUTE, "time.minute");
    add(text, seconds % MINUTE, "time.second");
    return text.toString();
  }

  private void add(StringBuilder text, long count, String unit) {
    if (count != 0) {
      boolean english = speech.language() == Language.ENGLISH;
      text.append(text.isEmpty() || !english ? "" : ", ")
          .append(count)
          .append(english ? " " : "")
          .append(paint.cyan(speech.words(unit) + (english && count != 1 ? "s" : "")));
    }
  }

  /** How long ago something was, seconds. */
  String ago(long seconds) {
    return seconds == 0 ? speech.words("time.now") : speech.words("time.ago", duration(seconds));
  }

  /** How long ago a time was, both in unix seconds. */
  String ago(long then, long now) {
    if (now == then) {
      return "Now";
    }
    return now < then ? "(" + paint.red(speech.words("time.backward")) + ")" : ago(now - then);
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
