package dev.noren.cli;

import dev.noren.config.ConfigException;
import dev.noren.config.Edited;
import dev.noren.config.RouterConfig;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A change of the document that takes one name and nothing else. */
@Command
final class NamedEditCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;
  private final Change change;

  @Parameters(paramLabel = "NAME", description = "Its name.")
  private String name;

  @Mixin private StateOption state;

  /** What it does; an IllegalArgumentException has a sentence. */
  @FunctionalInterface
  interface Change {
    Edited of(RouterConfig config, String name) throws ConfigException;
  }

  private NamedEditCommand(Host host, Surroundings surroundings, Change change) {
    this.host = host;
    this.surroundings = surroundings;
    this.change = change;
  }

  /** One of this name. */
  static CommandLine of(
      String name, String description, Host host, Surroundings surroundings, Change change) {
    CommandLine line = new CommandLine(new NamedEditCommand(host, surroundings, change));
    line.getCommandSpec().name(name).usageMessage().description(description);
    return line;
  }

  @Override
  public Integer call() throws ConfigException, CommandFailure, IOException {
    return Editing.begin(host, state, surroundings).saveAndSay(config -> change.of(config, name));
  }
}
