package dev.noren.cli;

import dev.noren.crypto.PrivateKey;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code noren genkey}. */
@Command(
    name = "genkey",
    description = {"Print a new private key in base64."})
final class GenKeyCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  GenKeyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    surroundings.warnIfSecretIsShown();
    surroundings.out().println(PrivateKey.generate(new SecureRandom()).toBase64());
    return Exit.DONE;
  }
}
