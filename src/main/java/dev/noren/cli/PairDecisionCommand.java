package dev.noren.cli;

import dev.noren.config.ConfigException;
import dev.noren.config.TunnelName;
import dev.noren.control.PairingDesk;
import dev.noren.text.Language;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What the commands have in common by which a person decides on a pairing. */
abstract class PairDecisionCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "FORM", description = "The form, as noren pair names it.")
  private String form;

  @Mixin private StateOption state;

  PairDecisionCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public final Integer call() throws ConfigException, IOException, CommandFailure {
    TunnelName name = InviteCommand.name(form);
    String author = ConfigCommand.author(surroundings);
    surroundings
        .out()
        .print(decide(host.pairing(state.folder()), name, author, surroundings.language()));
    return Exit.DONE;
  }

  /** Decides, and returns what to print. */
  abstract String decide(PairingDesk desk, TunnelName name, String author, Language language)
      throws ConfigException, IOException;
}
