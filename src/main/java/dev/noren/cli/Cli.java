package dev.noren.cli;

import dev.noren.text.Language;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.util.List;

/** Runs one command line and gives its exit code. */
public final class Cli {
  private final Host host;
  private static final String LANGUAGE = "--language";

  private final Surroundings around;

  /**
   * A command line over the given program and process.
   *
   * @param host the rest of the program
   * @param surroundings streams, environment and clock
   */
  public Cli(Host host, Surroundings surroundings) {
    this.host = host;
    this.around = surroundings;
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
    Surroundings surroundings = around.speaking(language(args));
    host.speak(surroundings.language());
    DropIn dropIn = DropIn.recognise(args);
    int code;
    if (dropIn.mistake() != null) {
      code = usage(dropIn.mistake(), surroundings);
    } else if (dropIn.name() != null) {
      code = runInterface(dropIn, surroundings);
    } else {
      code = CommandParser.run(host, surroundings, args);
    }
    surroundings.out().flush();
    if (surroundings.out().checkError() && code == Exit.DONE) {
      surroundings.complain(Sentence.of("cli.output"));
      return Exit.FAILED;
    }
    return code;
  }

  /** What is behind the option before the command, or else what the environment says. */
  private Language language(String... args) {
    String code = null;
    if (args.length > 0 && args[0].startsWith(LANGUAGE + "=")) {
      code = args[0].substring(LANGUAGE.length() + 1);
    } else if (args.length > 1 && args[0].equals(LANGUAGE)) {
      code = args[1];
    }
    Language asked = Language.of(code);
    return asked == null ? Language.ofEnvironment(around.environment()) : asked;
  }

  private int runInterface(DropIn dropIn, Surroundings surroundings) {
    try {
      return host.runInterface(
          InterfaceRequest.of(dropIn.name(), dropIn.foreground(), surroundings.environment()));
    } catch (IOException | IllegalArgumentException e) {
      surroundings.complain(Sentence.of(e));
      return Exit.FAILED;
    }
  }

  private static int usage(Sentence mistake, Surroundings surroundings) {
    surroundings.complain(mistake);
    surroundings.remark(Sentence.of("cli.try", "noren"));
    return Exit.USAGE;
  }
}
