package dev.noren.notice;

import dev.noren.text.Language;
import dev.noren.text.Sentence;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * How the owner is spoken to.
 *
 * @param language in which language
 * @param shop what the box is called
 * @param zone whose times are told
 */
public record Voice(Language language, String shop, ZoneId zone) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  /** A time of day with its date. */
  String time(Instant at) {
    return TIME.format(at.atZone(zone));
  }

  /** How long something was, in the greatest unit that fits. */
  static Sentence span(Duration span) {
    if (span.toDays() > 1) {
      return Sentence.of("span.days", span.toDays());
    }
    if (span.toHours() > 1) {
      return Sentence.of("span.hours", span.toHours());
    }
    return span.toMinutes() > 1
        ? Sentence.of("span.minutes", span.toMinutes())
        : Sentence.of("span.seconds", Math.max(0, span.toSeconds()));
  }

  /** What a notice says first. */
  String subject(String key, Object... arguments) {
    return Sentence.of("notice.subject", shop, Sentence.of(key, arguments)).in(language);
  }

  /** What it says, a sentence a line. */
  String text(List<Sentence> sentences) {
    return Sentence.lines(sentences).in(language);
  }
}
