package dev.noren.cli;

import dev.noren.text.Sentence;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code noren setup-code}. */
@Command(
    name = "setup-code",
    description = {
      "Print the set-up code by which the box's page makes it yours, or say that it has an owner"
          + " already.",
    })
final class SetupCodeCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Mixin private StateOption state;

  SetupCodeCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, CommandFailure {
    String code = host.setupCode(state.folder());
    if (code == null) {
      throw new CommandFailure(Sentence.of("setup-code.claimed"));
    }
    surroundings.out().println(code);
    return Exit.DONE;
  }
}
