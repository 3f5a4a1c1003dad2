package dev.noren.cli;

import dev.noren.config.AccessEdit;
import dev.noren.config.ConfigException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code noren group add}. */
@Command(
    name = "add",
    description = {"Add a group of people."})
final class GroupAddCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Parameters(paramLabel = "NAME", description = "What people call it.")
  private String name;

  @Option(
      names = "--sign-in",
      description = "Its people sign in each time, before they reach anything.")
  private boolean signIn;

  @Mixin private StateOption state;

  GroupAddCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws ConfigException, CommandFailure, IOException {
    return Editing.begin(host, state, surroundings)
        .save(config -> AccessEdit.addGroup(config, name, signIn));
  }
}
