package dev.noren.cli;

import dev.noren.config.ConfigException;
import dev.noren.config.TunnelConfig;
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
    surroundings
        .out()
        .println(
            found.path()
                + " is good: interface "
                + found.name()
                + ", "
                + (peers == 1 ? "1 peer" : peers + " peers")
                + (config.own().hooks().isEmpty() ? "" : ", hooks that need --allow-hooks"));
    return Exit.DONE;
  }
}
