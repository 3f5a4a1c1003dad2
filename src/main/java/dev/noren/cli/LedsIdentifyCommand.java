package dev.noren.cli;

import dev.noren.control.LightDesk;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code noren leds identify}. */
@Command(
    name = "identify",
    description = {"Have the running router's lights show which box it is."})
final class LedsIdentifyCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      description = "For how long, 60 unless said; 0 ends it.")
  private int seconds = 60;

  @Mixin private StateOption state;

  LedsIdentifyCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, CommandFailure {
    if (seconds < 0 || seconds > LightDesk.MOST_SECONDS) {
      throw new CommandFailure(Sentence.of("leds.seconds", LightDesk.MOST_SECONDS));
    }
    host.lights(state.folder()).identify(seconds);
    surroundings
        .out()
        .println(
            seconds == 0
                ? "The lights show again how the router is."
                : "For " + seconds + " s the lights say: three short, one long.");
    return Exit.DONE;
  }
}
