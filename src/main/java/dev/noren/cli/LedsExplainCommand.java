package dev.noren.cli;

import dev.noren.status.Lamp;
import dev.noren.status.Rhythm;
import dev.noren.status.Signal;
import dev.noren.status.Signal.Form;
import dev.noren.status.SignalFile;
import dev.noren.text.Sentence;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code noren leds explain}: works without a router, as for somebody on the telephone. */
@Command(
    name = "explain",
    description = {
      "Say what lights mean: a signal (down-4), what one light does (blink4), or what status,"
          + " internet and VPN do (on,on,blink4). Without a PATTERN, all of them."
    })
final class LedsExplainCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(arity = "0..1", paramLabel = "PATTERN", description = "What the lights do.")
  private String pattern;

  LedsExplainCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailure {
    List<Signal> meant =
        SignalFile.TABLE.all().stream().filter(each -> pattern == null || isMeant(each)).toList();
    if (meant.isEmpty()) {
      throw new CommandFailure(
          Sentence.of(
              "leds.pattern",
              pattern,
              SignalFile.TABLE.rhythms().stream()
                  .map(Rhythm::name)
                  .collect(Collectors.joining(", "))));
    }
    SignalWords words = new SignalWords(surroundings.language());
    for (Signal signal : meant) {
      surroundings.out().print(words.head(signal));
      surroundings.out().print(words.lamps(signal, Form.THREE));
      surroundings.out().print(words.only(signal));
    }
    return Exit.DONE;
  }

  private boolean isMeant(Signal signal) {
    return signal.key().equals(pattern)
        || names(signal.lamps(Form.ONE)).equals(List.of(pattern))
        || names(signal.lamps(Form.THREE)).equals(Arrays.asList(pattern.split(",", -1)));
  }

  private static List<String> names(List<Lamp> lamps) {
    return lamps.stream().map(lamp -> lamp.rhythm().name()).toList();
  }
}
