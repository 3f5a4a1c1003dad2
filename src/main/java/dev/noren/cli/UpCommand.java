package dev.noren.cli;

import dev.noren.config.ConfigException;
import dev.noren.config.Hooks;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code noren up}: a wg-quick file, without wg-quick. */
@Command(
    name = "up",
    description = {
      "Bring a tunnel up as its wg-quick file says, and run it until Ctrl-C, which undoes all of"
          + " it.",
    })
final class UpCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "FILE.conf|NAME",
      description =
          "The file, or the tunnel's name: then /etc/noren and /etc/wireguard are looked" + " in.")
  private String file;

  @Option(
      names = "--allow-hooks",
      description = "Run the file's PreUp, PostUp, PreDown and PostDown commands.")
  private boolean allowHooks;

  @Option(
      names = {"-d", "--detach"},
      description = "Go to the background once the tunnel is up.")
  private boolean detach;

  @Mixin private StateOption state;

  UpCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws ConfigException, CommandFailure, IOException {
    ConfigFile found = ConfigFile.read(file, surroundings);
    Hooks hooks = found.config().own().hooks();
    if (!hooks.isEmpty() && !allowHooks) {
      throw new CommandFailure(
          Sentence.of("up.hooks", found.path(), String.join(", ", kinds(hooks))));
    }
    return host.up(
        new UpRequest(
            found.name(),
            found.path(),
            found.config(),
            detach,
            state.folder(),
            LogLevel.of(surroundings.environment().get("LOG_LEVEL"), LogLevel.INFO)));
  }

  private static List<String> kinds(Hooks hooks) {
    List<String> kinds = new ArrayList<>();
    add(kinds, "PreUp", hooks.preUp());
    add(kinds, "PostUp", hooks.postUp());
    add(kinds, "PreDown", hooks.preDown());
    add(kinds, "PostDown", hooks.postDown());
    return kinds;
  }

  private static void add(List<String> kinds, String kind, List<String> commands) {
    if (!commands.isEmpty()) {
      kinds.add(kind);
    }
  }
}
