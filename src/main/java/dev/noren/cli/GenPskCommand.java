package dev.noren.cli;

import dev.noren.crypto.PresharedKey;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code noren genpsk}. */
@Command(
    name = "genpsk",
    description = {"Print a new pre-shared key in base64."})
final class GenPskCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  GenPskCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    surroundings.warnIfSecretIsShown();
    surroundings.out().println(PresharedKey.generate(new SecureRandom()).toBase64());
    return Exit.DONE;
  }
}
