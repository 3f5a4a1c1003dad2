package dev.noren.cli;

import dev.noren.status.Signal;
import dev.noren.status.SignalFile;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code noren leds test}. */
@Command(
    name = "test",
    description = {"Have the running router's lights show each signal in turn."})
final class LedsTestCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Mixin private StateOption state;

  LedsTestCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    int seconds = host.lights(state.folder()).testLights();
    surroundings.out().println("For " + seconds + " s each, the lights show in this order:");
    for (Signal signal : SignalFile.TABLE.all()) {
      surroundings.out().println("  %-10s %s".formatted(signal.key(), signal.one().words()));
    }
    return Exit.DONE;
  }
}
