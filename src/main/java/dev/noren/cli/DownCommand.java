package dev.noren.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code noren down}. */
@Command(
    name = "down",
    description = {
      "End the noren up of this name, or clean up after one that was killed.",
    })
final class DownCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(paramLabel = "NAME|FILE.conf", description = "The tunnel's name, or its file.")
  private String name;

  @Mixin private StateOption state;

  DownCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    return host.down(ConfigFile.nameOf(name), state.folder());
  }
}
