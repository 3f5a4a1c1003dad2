package dev.noren.text;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A language that Noren speaks. */
public enum Language {
  /** What logs are written in, and what everybody else gets. */
  ENGLISH("en"),

  /** The plain polite Japanese of a shop. */
  JAPANESE("ja");

  private final String code;
  private volatile Words words;

  Language(String code) {
    this.code = code;
  }

  /** As it is written in a request and behind {@code --language}. */
  public String code() {
    return code;
  }

  /** The language of this code, or null where there is none. */
  public static Language of(String code) {
    return Stream.of(values()).filter(each -> each.code.equals(code)).findFirst().orElse(null);
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
    return Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
        .map(name -> environment.getOrDefault(name, ""))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .map(value -> value.toLowerCase(Locale.ROOT).split("[_.@]", 2)[0])
        .map(Language::orEnglish)
        .orElse(ENGLISH);
  }

  /** Its words; two threads that need them first may both read them, and get equal ones. */
  Words words() {
    Words read = words;
    if (read == null) {
      read = Words.read(code);
      words = read;
    }
    return read;
  }
}
