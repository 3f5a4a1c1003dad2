package dev.noren.cli;

import dev.noren.config.ConfigException;
import dev.noren.config.TunnelName;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code noren pair accept}. */
@Command(
    name = "accept",
    description = {"Say that the six digits are the same at both ends; then the shops are joined."})
final class PairAcceptCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "FORM", description = "The form, as noren pair names it.")
  private String form;

  @Mixin private StateOption state;

  PairAcceptCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws ConfigException, IOException, CommandFailure {
    TunnelName name = InviteCommand.name(form);
    String author = ConfigCommand.author(surroundings);
    surroundings.out().print(PairCommand.text(host.pairing(state.folder()).accept(name, author)));
    return Exit.DONE;
  }
}
