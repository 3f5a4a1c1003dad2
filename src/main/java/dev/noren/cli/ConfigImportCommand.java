package dev.noren.cli;

import dev.noren.config.Backup;
import dev.noren.config.ConfigException;
import dev.noren.config.ForeignFile;
import dev.noren.control.ConfigDesk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code noren config import}. */
@Command(
    name = "import",
    description = {
      "Take a document (JSON) in place of the whole one, or a wg-quick file (.conf) as the tunnel"
          + " of its name.",
    })
final class ConfigImportCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "FILE",
      description = "FILE.json, which is what export writes, or NAME.conf.")
  private String file;

  @Mixin private StateOption state;

  ConfigImportCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws ConfigException, CommandFailure, IOException {
    ConfigDesk desk = host.config(state.folder());
    String author = ConfigCommand.author(surroundings);
    if (file.endsWith(".conf")) {
      ConfigFile found = ConfigFile.read(file, surroundings);
      ConfigCommand.current(desk, surroundings);
      return ConfigCommand.report(
          desk.importTunnel(found.name(), found.config(), author), surroundings);
    }
    Path path = Path.of(file);
    String text = ConfigFile.text(path, surroundings);
    ForeignFile.refuse(file, text);
    Backup backup = Backup.read(file, text);
    String from = path.getFileName().toString();
    return ConfigCommand.report(desk.replace(backup, from, author), surroundings);
  }
}
