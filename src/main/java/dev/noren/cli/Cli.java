package dev.noren.cli;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** Runs one command line and gives its exit code. */
public final class Cli {
  private final Host host;
  private final Surroundings surroundings;

  /**
   * A command line over the given program and process.
   *
   * @param host the rest of the program
   * @param surroundings streams, environment and clock
   */
  public Cli(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  /** The names that a command has before an interface; the launcher knows the same ones. */
  public static List<String> commands() {
    return DropIn.COMMANDS;
  }

  /**
   * Runs to the end of the command; for a tunnel that is when the tunnel ends.
   *
   * @return one of the codes of {@link Exit}
   */
  public int run(String... args) {
    DropIn dropIn = DropIn.recognise(args);
    int code;
    if (dropIn.mistake() != null) {
      code = usage(dropIn.mistake());
    } else if (dropIn.name() != null) {
      code = runInterface(dropIn);
    } else {
      code = CommandParser.run(host, surroundings, args);
    }
    surroundings.out().flush();
    if (surroundings.out().checkError() && code == Exit.DONE) {
      surroundings.complain("standard output can't be written");
      return Exit.FAILED;
    }
    return code;
  }

  private int runInterface(DropIn dropIn) {
    try {
      return host.runInterface(
          InterfaceRequest.of(dropIn.name(), dropIn.foreground(), surroundings.environment()));
    } catch (IOException | IllegalArgumentException e) {
      return failed(e);
    }
  }

  private int usage(String mistake) {
    surroundings.complain(mistake);
    surroundings.err().println("Try noren --help.");
    return Exit.USAGE;
  }

  private int failed(Exception e) {
    surroundings.complain(sentence(e));
    return Exit.FAILED;
  }

  /** An exception without a message has nothing better to say than what it is. */
  static String sentence(Throwable e) {
    return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
  }
}
