package dev.noren.text;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A language that Noren speaks. */
public enum Language {
  /** What logs are written in, and what everybody else gets. */
  ENGLISH("en"),

  /** The plain polite Japanese of a shop. */
  JAPANESE("ja");

  private static final List<String> VARIABLES = List.of("LC_ALL", "LC_MESSAGES", "LANG");

  private final String code;

  Language(String code) {
    this.code = code;
  }

  /** As it is written in a request and behind {@code --language}. */
  public String code() {
    return code;
  }

  /** The language of this code, or null where there is none. */
  public static Language of(String code) {
    for (Language each : values()) {
      if (each.code.equals(code)) {
        return each;
      }
    }
    return null;
  }

  /** The language of this code; English where there is none, or no code. */
  public static Language orEnglish(String code) {
    Language language = of(code);
    return language == null ? ENGLISH : language;
  }

  /**
   * The language of messages that the environment asks for, as POSIX has it: the first of LC_ALL,
   * LC_MESSAGES and LANG that says anything.
   */
  public static Language ofEnvironment(Map<String, String> environment) {
    for (String name : VARIABLES) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        // As in ja_JP.UTF-8; no streams and patterns here, since every start comes by.
        int end = 0;
        while (end < value.length() && Character.isLetter(value.charAt(end))) {
          end++;
        }
        return orEnglish(value.substring(0, end).toLowerCase(Locale.ROOT));
      }
    }
    return ENGLISH;
  }
}
