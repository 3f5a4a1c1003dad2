package dev.noren.cli;

import dev.noren.crypto.TierReport;
import dev.noren.crypto.TransportAeads;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code noren crypto}. */
@Command(
    name = "crypto",
    description = {
      "Test and time the ways there are to encrypt packets here, and say which one a tunnel takes;"
          + " some seconds.",
    })
final class CryptoCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  CryptoCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    TierReport report = TransportAeads.tryAll(new SecureRandom(), System::nanoTime);
    TierTable.lines(report, java()).forEach(surroundings.out()::println);
    return Exit.DONE;
  }

  private static String java() {
    return "Java "
        + System.getProperty("java.version")
        + " of "
        + System.getProperty("java.vendor")
        + " on "
        + System.getProperty("os.arch");
  }
}
