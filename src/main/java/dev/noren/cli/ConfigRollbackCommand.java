package dev.noren.cli;

import dev.noren.config.ConfigException;
import dev.noren.control.ConfigDesk;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code noren config rollback}. */
@Command(
    name = "rollback",
    description = {"Make a document that is kept the newest one again."})
final class ConfigRollbackCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Parameters(paramLabel = "NUMBER", description = "Which one, as the history numbers them.")
  private int number;

  @Mixin private StateOption state;

  ConfigRollbackCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws ConfigException, IOException {
    ConfigDesk desk = host.config(state.folder());
    ConfigCommand.current(desk, surroundings);
    return ConfigCommand.report(
        desk.rollback(number, ConfigCommand.author(surroundings)), surroundings);
  }
}
