package dev.noren.web;

import dev.noren.text.Language;
import java.util.Locale;

/** Which language a caller reads. */
final class Languages {
  private Languages() {}

  /**
   * The first of what was asked for, what was chosen before, and what the browser would rather
   * have; English where none of these is spoken here.
   *
   * @param accepted the header of HTTP, as in {@code ja,en-US;q=0.7}, or null
   */
  static Language choose(String asked, String chosen, String accepted) {
    for (String code : new String[] {asked, chosen}) {
      Language language = code == null ? null : Language.of(code);
      if (language != null) {
        return language;
      }
    }
    return accepted(accepted == null ? "" : accepted);
  }

  private static Language accepted(String header) {
    Language best = Language.ENGLISH;
    double most = 0;
    for (String part : header.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] words = part.strip().split(";", 2);
      Language language = Language.of(words[0].strip().split("-", 2)[0]);
      double weight = words.length < 2 ? 1 : weight(words[1].strip());
      if (language != null && weight > most) {
        best = language;
        most = weight;
      }
    }
    return best;
  }

  private static double weight(String text) {
    return text.matches("q=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)")
        ? Double.parseDouble(text.substring(2))
        : 0;
  }
}
