package dev.noren.cli;

import dev.noren.config.RouterJson;
import dev.noren.config.StoredConfig;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code noren config show}. */
@Command(
    name = "show",
    description = {"Print the document in force; secrets are hidden."})
final class ConfigShowCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Option(names = "--secrets", description = "Print the secrets too.")
  private boolean secrets;

  @Mixin private StateOption state;

  ConfigShowCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    StoredConfig stored = ConfigCommand.current(host.config(state.folder()), surroundings);
    if (stored.isUnclaimed()) {
      surroundings.remark(Sentence.of("config.new-box"));
    }
    if (secrets) {
      surroundings.warnIfSecretIsShown();
    }
    surroundings
        .out()
        .print(
            secrets ? RouterJson.write(stored.config()) : RouterJson.writeHidden(stored.config()));
    return Exit.DONE;
  }
}
