package dev.noren.cli;

import dev.noren.control.LightDesk.Shown;
import dev.noren.status.Signal;
import dev.noren.status.SignalFile;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code noren leds show}. */
@Command(
    name = "show",
    description = {"Show what the running router's lights show now, and what that means."})
final class LedsShowCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Mixin private StateOption state;

  LedsShowCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, CommandFailure {
    Shown shown = host.lights(state.folder()).lights();
    Signal signal = SignalFile.TABLE.get(shown.signal());
    if (signal == null) {
      throw new CommandFailure(Sentence.of("leds.signal", shown.signal()));
    }
    SignalWords words = new SignalWords(surroundings.language());
    surroundings.out().print(words.head(signal));
    surroundings.out().print(words.lamps(signal, shown.form()));
    shown.missing().forEach(each -> surroundings.remark(each + "."));
    return Exit.DONE;
  }
}
