package dev.noren.cli;

import dev.noren.config.ConfigException;
import dev.noren.config.TunnelConfig;
import dev.noren.text.Sentence;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code noren check}. */
@Command(
    name = "check",
    description = {"Say all that is wrong with a wg-quick file; nothing is touched."})
final class CheckCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "FILE.conf|NAME",
      description = {
        "The file, or the tunnel's name: then /etc/noren and /etc/wireguard are looked in.",
      })
  private String file;

  CheckCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws ConfigException, CommandFailure {
    ConfigFile found = ConfigFile.read(file, surroundings);
    TunnelConfig config = found.config();
    int peers = config.peers().size();
    Sentence count = Sentence.of(peers == 1 ? "count.peer" : "count.peers", peers);
    surroundings.say(
        Sentence.of(
            config.own().hooks().isEmpty() ? "check.good" : "check.good-hooks",
            found.path(),
            found.name(),
            count));
    return Exit.DONE;
  }
}
