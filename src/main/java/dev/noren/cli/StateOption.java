package dev.noren.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a tunnel keeps what must outlive it. */
public final class StateOption {
  /** The folder where none is named. */
  public static final String DEFAULT = "/var/lib/noren";

  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = DEFAULT,
      description = "Keep state here instead of in ${DEFAULT-VALUE}.")
  private Path folder;

  Path folder() {
    return folder;
  }
}
