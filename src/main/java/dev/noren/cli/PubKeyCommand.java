package dev.noren.cli;

import dev.noren.crypto.PrivateKey;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code noren pubkey}. */
@Command(
    name = "pubkey",
    description = {
      "Read a private key in base64 from standard input and print the public key that belongs to"
          + " it.",
    })
final class PubKeyCommand implements Callable<Integer> {
  private static final int MAX_BYTES = 4096;

  private final Surroundings surroundings;

  PubKeyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, CommandFailure {
    byte[] input = surroundings.in().readNBytes(MAX_BYTES);
    String text = new String(input, StandardCharsets.ISO_8859_1).strip();
    try {
      surroundings.out().println(PrivateKey.parseBase64(text).publicKey());
      return Exit.DONE;
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(Sentence.of("pubkey.input"), e);
    }
  }
}
