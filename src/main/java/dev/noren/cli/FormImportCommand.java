package dev.noren.cli;

import dev.noren.config.CloudImport;
import dev.noren.config.ConfigException;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterEdit.Imported;
import dev.noren.config.TunnelName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code noren form import}. */
@Command(
    name = "import",
    description = {
      "Take a provider's or a cloud gateway's wg-quick file, as it is, as a form. Its commands"
          + " (PostUp and the like) are never run; what is not taken is said with its line.",
    })
final class FormImportCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "NAME", description = "The form's, and its interface's.")
  private String name;

  @Parameters(index = "1", paramLabel = "FILE.conf", description = "The wg-quick file.")
  private String file;

  @Option(names = "--provider", paramLabel = "P", description = "Who runs the far end.")
  private String provider;

  @Option(
      names = "--country",
      paramLabel = "CC",
      description = "Where it stands: two letters, as in JP.")
  private String country;

  @Mixin private StateOption state;

  FormImportCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws ConfigException, CommandFailure, IOException {
    Path path = Path.of(file);
    String text = ConfigFile.text(path, surroundings);
    TunnelName form = ConfigFile.nameOf(name);
    Editing editing = Editing.begin(host, state, surroundings);
    Imported imported =
        CloudImport.of(
            editing.config(), form, path.getFileName().toString(), text, provider, country);
    imported.remarks().forEach(surroundings::remark);
    RouterConfig after = imported.config();
    return editing.save(config -> after);
  }
}
