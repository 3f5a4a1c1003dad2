package dev.noren.cli;

import dev.noren.config.ConfigException;
import dev.noren.config.TunnelName;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code noren pair refuse}. */
@Command(
    name = "refuse",
    description = {"Say that this is not to be: nothing is joined."})
final class PairRefuseCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "FORM", description = "The form, as noren pair names it.")
  private String form;

  @Mixin private StateOption state;

  PairRefuseCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws ConfigException, IOException, CommandFailure {
    TunnelName name = InviteCommand.name(form);
    String author = ConfigCommand.author(surroundings);
    host.pairing(state.folder()).refuse(name, author);
    surroundings.out().println("Refused: nothing is joined by it.");
    return Exit.DONE;
  }
}
