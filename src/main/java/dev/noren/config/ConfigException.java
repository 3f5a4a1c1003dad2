package dev.noren.config;

import java.util.List;
import java.util.stream.Collectors;

/** A file is refused. Carries every error found in it, in the order of their lines. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<ConfigError> errors;

  /**
   * @param errors at least one
   */
  public ConfigException(List<ConfigError> errors) {
    super(errors.stream().map(ConfigError::toString).collect(Collectors.joining("\n")));
    this.errors = List.copyOf(errors);
  }

  /** The errors, at least one. */
  public List<ConfigError> errors() {
    return errors;
  }
}
