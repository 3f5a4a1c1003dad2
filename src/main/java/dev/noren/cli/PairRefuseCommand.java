package dev.noren.cli;

import dev.noren.config.ConfigException;
import dev.noren.config.TunnelName;
import dev.noren.control.PairingDesk;
import dev.noren.text.Language;
import dev.noren.text.Sentence;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code noren pair refuse}. */
@Command(
    name = "refuse",
    description = {"Say that this is not to be: nothing is joined."})
final class PairRefuseCommand extends PairDecisionCommand {
  PairRefuseCommand(Host host, Surroundings surroundings) {
    super(host, surroundings);
  }

  @Override
  String decide(PairingDesk desk, TunnelName name, String author, Language language)
      throws ConfigException, IOException {
    desk.refuse(name, author);
    return Sentence.of("pairing.now-refused").in(language) + "\n";
  }
}
