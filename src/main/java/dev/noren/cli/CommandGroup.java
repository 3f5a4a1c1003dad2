package dev.noren.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that only has commands. */
@Command(synopsisSubcommandLabel = "COMMAND")
final class CommandGroup implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec private CommandSpec spec;

  private CommandGroup(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** One of this name; each of the commands has its own. */
  static CommandLine of(
      String name, String description, Surroundings surroundings, Object... commands) {
    CommandLine group = new CommandLine(new CommandGroup(surroundings));
    group.getCommandSpec().name(name).usageMessage().description(description);
    for (Object command : commands) {
      group.addSubcommand(command);
    }
    return group;
  }

  /** Without a command there is nothing to do. */
  @Override
  public Integer call() {
    spec.commandLine().usage(surroundings.err());
    return Exit.USAGE;
  }
}
