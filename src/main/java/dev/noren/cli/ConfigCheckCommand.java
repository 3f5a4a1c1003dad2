package dev.noren.cli;

import dev.noren.config.Backup;
import dev.noren.config.ConfigException;
import dev.noren.config.RouterConfig;
import dev.noren.text.Sentence;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code noren config check}. */
@Command(
    name = "check",
    description = {"Say all that is wrong with a document; nothing is touched."})
final class ConfigCheckCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "FILE.json", description = "The document.")
  private String file;

  ConfigCheckCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws ConfigException, CommandFailure {
    if (file.endsWith(".conf")) {
      throw new CommandFailure(Sentence.of("cli.check-conf", file));
    }
    RouterConfig config = Backup.read(file, ConfigFile.text(Path.of(file), surroundings)).config();
    int tunnels = config.tunnels().size();
    Sentence count = Sentence.of(tunnels == 1 ? "count.tunnel" : "count.tunnels", tunnels);
    surroundings.say(Sentence.of("config.good", file, count));
    return Exit.DONE;
  }
}
