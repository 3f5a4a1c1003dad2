package dev.noren.config;

import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.List;

/** All that is wrong with one document, collected while it is read. */
final class Problems {
  private final Sentence file;
  private final List<ConfigError> errors = new ArrayList<>();

  /**
   * @param file the document's name, as it is to appear in errors
   */
  Problems(String file) {
    this(Sentence.plain(file));
  }

  /**
   * @param file what the document is called where it is no file
   */
  Problems(Sentence file) {
    this.file = file;
  }

  /**
   * @param path the field, or an empty text for the whole document
   * @param reason what is wrong and what would be right; never a secret
   */
  void add(String path, Sentence reason) {
    errors.add(new ConfigError(file, 0, path.isEmpty() ? null : path, reason));
  }

  /** Runs a rule; the reason in what it throws becomes this path's error. */
  void check(String path, Runnable rule) {
    try {
      rule.run();
    } catch (IllegalArgumentException e) {
      add(path, Sentence.of(e));
    }
  }

  int count() {
    return errors.size();
  }

  /** What to throw where nothing more can be read. */
  ConfigException fatal(int line, Sentence reason) {
    errors.add(new ConfigError(file, line, null, reason));
    return new ConfigException(errors);
  }

  /** What to throw where one error makes all others meaningless. */
  ConfigException only(String path, Sentence reason) {
    return new ConfigException(List.of(new ConfigError(file, 0, path, reason)));
  }

  void throwIfAny() throws ConfigException {
    if (!errors.isEmpty()) {
      throw new ConfigException(errors);
    }
  }
}
