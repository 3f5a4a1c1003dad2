package dev.noren.cli;

import dev.noren.config.ConfigException;
import dev.noren.config.TunnelName;
import dev.noren.control.PairingDesk;
import dev.noren.text.Language;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code noren pair accept}. */
@Command(
    name = "accept",
    description = {"Say that the six digits are the same at both ends; then the shops are joined."})
final class PairAcceptCommand extends PairDecisionCommand {
  PairAcceptCommand(Host host, Surroundings surroundings) {
    super(host, surroundings);
  }

  @Override
  String decide(PairingDesk desk, TunnelName name, String author, Language language)
      throws ConfigException, IOException {
    return PairCommand.text(desk.accept(name, author), language);
  }
}
