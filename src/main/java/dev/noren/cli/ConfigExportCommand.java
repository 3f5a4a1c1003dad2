package dev.noren.cli;

import dev.noren.config.CloudForm;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.config.TunnelName;
import dev.noren.config.WgQuickFile;
import dev.noren.control.ConfigDesk;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code noren config export}. */
@Command(
    name = "export",
    description = {
      "Print the document with its secrets, for a backup that import takes; or one tunnel as a"
          + " wg-quick file.",
    })
final class ConfigExportCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Parameters(arity = "0..1", paramLabel = "TUNNEL", description = "Only the tunnel of this name.")
  private String tunnel;

  @Mixin private StateOption state;

  ConfigExportCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    ConfigDesk desk = host.config(state.folder());
    RouterConfig config = ConfigCommand.current(desk, surroundings).config();
    String text = tunnel == null ? desk.backup().write() : wgQuick(config);
    surroundings.warnIfSecretIsShown();
    surroundings.out().print(text);
    return Exit.DONE;
  }

  private String wgQuick(RouterConfig config) throws CommandFailure {
    TunnelName name = ConfigFile.nameOf(tunnel);
    RouterTunnel found =
        config.form(name) instanceof CloudForm cloud ? cloud.tunnel() : config.tunnel(name);
    if (found == null) {
      List<String> names = config.tunnels().stream().map(each -> each.name().text()).toList();
      throw new CommandFailure(Editing.none("tunnel.none", tunnel, names));
    }
    return WgQuickFile.write(found.toWgQuick());
  }
}
