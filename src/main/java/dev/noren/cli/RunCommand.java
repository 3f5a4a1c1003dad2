package dev.noren.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code noren run}: the router. */
@Command(
    name = "run",
    description = {
      "Run the router as its document says, until Ctrl-C. Its firewall stays, so that nothing leaks"
          + " while it is not running.",
    })
final class RunCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Option(
      names = "--open",
      description = "Take away the firewall that a router has left, and run none.")
  private boolean open;

  @Option(
      names = "--board",
      paramLabel = "FILE",
      description = "What the board has: its lights, its button and its watchdog.")
  private Path board;

  @Option(
      names = "--updates",
      paramLabel = "FILE",
      description = "Where the signed list of new versions is; its key and release lie beside it.")
  private Path updates;

  @Mixin private StateOption state;

  RunCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    return host.runRouter(
        new RunRequest(
            state.folder(),
            board,
            updates,
            open,
            LogLevel.of(surroundings.environment().get("LOG_LEVEL"), LogLevel.INFO)));
  }
}
