package dev.noren.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code noren config confirm}. */
@Command(
    name = "confirm",
    description = {"Keep the change that is being tried, which is undone otherwise."})
final class ConfigConfirmCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Mixin private StateOption state;

  ConfigConfirmCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    return ConfigCommand.report(
        host.config(state.folder()).confirm(ConfigCommand.author(surroundings)), surroundings);
  }
}
