package dev.noren.config;

import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the two kinds of section share: where a key was first given, and the errors found. */
abstract class Section {
  /** Reads a value and keeps it. */
  @FunctionalInterface
  interface Setter {
    /** Throws IllegalArgumentException with the reason where the value is refused. */
    void set(String value);
  }

  private final String file;
  private final List<ConfigError> errors;
  private final Map<String, Integer> firstLines = new HashMap<>();

  Section(String file, List<ConfigError> errors) {
    this.file = file;
    this.errors = errors;
  }

  /** Takes one "key = value" line. */
  abstract void take(int line, String key, String value);

  /** Runs the setter; what it throws becomes an error of this line. */
  final void read(int line, String key, String value, Setter setter) {
    firstLines.putIfAbsent(key, line);
    try {
      setter.set(value);
    } catch (IllegalArgumentException e) {
      error(line, key, Sentence.of(e));
    }
  }

  /** As {@link #read}, for a key that may be given once: wg would silently take the last. */
  final void readOnce(int line, String key, String value, Setter setter) {
    Integer first = firstLines.get(key);
    if (first != null) {
      error(line, key, Sentence.of("conf.twice", first));
    } else {
      read(line, key, value, setter);
    }
  }

  /** As {@link #readOnce}, for a key of wg's, which takes no empty values. */
  final void readOnceFilled(int line, String key, String value, Setter setter) {
    readOnce(line, key, value, filled(setter));
  }

  static Setter filled(Setter setter) {
    return value -> {
      if (value.isEmpty()) {
        throw new Refused("line.empty");
      }
      setter.set(value);
    };
  }

  final boolean has(String key) {
    return firstLines.containsKey(key);
  }

  /** The line a key was first given in, or 0. */
  final int lineOf(String key) {
    return firstLines.getOrDefault(key, 0);
  }

  final void error(int line, String key, Sentence reason) {
    errors.add(new ConfigError(file, line, key, reason));
  }

  /** The words of a list as wg-quick splits them: at commas and white space, empty ones dropped. */
  static List<String> words(String value) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= value.length(); i++) {
      if (i == value.length() || value.charAt(i) == ',' || Values.isSpace(value.charAt(i))) {
        if (i > start) {
          words.add(value.substring(start, i));
        }
        start = i + 1;
      }
    }
    return words;
  }
}
