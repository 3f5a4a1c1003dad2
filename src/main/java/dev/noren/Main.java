package dev.noren;

import dev.noren.cli.Cli;
import dev.noren.cli.Exit;
import dev.noren.cli.Surroundings;
import dev.noren.crypto.SelfTest;
import dev.noren.crypto.SelfTestException;
import dev.noren.protocol.Limits;
import java.security.Security;

/** The program's entry. */
public final class Main {
  private Main() {}

  /** Runs one command line; the exit code is one of {@link dev.noren.cli.Exit}. */
  public static void main(String[] args) {
    prepare();
    System.exit(run(Limits.WHITEPAPER, args));
  }

  /** What is set for the whole process. */
  static void prepare() {
    // As the system orders them: IPv6 first where it works.
    System.setProperty("java.net.preferIPv6Addresses", "system");
    // A name that is not found at boot is asked for again; the JDK would remember the failure.
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
  }

  /**
   * Runs one command line with other limits, as tests do.
   *
   * @return the exit code
   */
  public static int run(Limits limits, String... args) {
    try {
      // Before a key is touched, be it only to check a file.
      SelfTest.run();
    } catch (SelfTestException e) {
      System.err.println("noren: " + e.getMessage());
      return Exit.FAILED;
    }
    Limits withRoom = HeapRoom.apply(limits, Runtime.getRuntime().maxMemory());
    return new Cli(new NorenHost(withRoom), Surroundings.ofProcess()).run(args);
  }
}
