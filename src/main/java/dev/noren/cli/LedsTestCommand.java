package dev.noren.cli;

import dev.noren.control.SignalText;
import dev.noren.status.Signal;
import dev.noren.status.SignalFile;
import dev.noren.text.Sentence;
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
    String order = Sentence.of("leds.test", seconds).in(surroundings.language());
    surroundings.out().println(order);
    for (Signal signal : SignalFile.TABLE.all()) {
      String does = SignalText.does(signal.one()).in(surroundings.language());
      surroundings.out().println("  %-10s %s".formatted(signal.key(), does));
    }
    return Exit.DONE;
  }
}
