package dev.noren.config;

import dev.noren.text.Sentence;
import dev.noren.text.Told;
import java.util.List;

/** A file is refused. Carries every error found in it, in the order of their lines. */
public final class ConfigException extends Exception implements Told {
  private static final long serialVersionUID = 1;

  private final transient List<ConfigError> errors;

  /**
   * @param errors at least one
   */
  public ConfigException(List<ConfigError> errors) {
    this.errors = List.copyOf(errors);
  }

  /** All of them, a line each. */
  @Override
  public Sentence sentence() {
    return Sentence.lines(errors.stream().map(ConfigError::sentence).toList());
  }

  @Override
  public String getMessage() {
    return sentence().toString();
  }

  /** The errors, at least one. */
  public List<ConfigError> errors() {
    return errors;
  }
}
