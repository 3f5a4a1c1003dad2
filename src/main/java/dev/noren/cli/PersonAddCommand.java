package dev.noren.cli;

import dev.noren.config.AccessEdit;
import dev.noren.config.ConfigException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code noren person add}. */
@Command(
    name = "add",
    description = {"Add a person."})
final class PersonAddCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Parameters(paramLabel = "NAME", description = "What people call him or her.")
  private String name;

  @Option(
      names = "--group",
      paramLabel = "G",
      split = ",",
      description = "A group that he or she is in; several with commas between.")
  private List<String> groups = List.of();

  @Mixin private StateOption state;

  PersonAddCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws ConfigException, CommandFailure, IOException {
    return Editing.begin(host, state, surroundings)
        .save(config -> AccessEdit.addPerson(config, name, groups));
  }
}
