package dev.noren.cli;

import dev.noren.config.Suggestion;
import dev.noren.text.Sentence;
import java.util.List;

/**
 * The command line of the drop-in, {@code noren [-f] IFNAME}, seen without the command parser,
 * which would take longer to load than the rest of the start.
 *
 * @param name the interface, or null where the arguments are for the command parser
 * @param foreground whether -f was given
 * @param mistake what is wrong with the arguments, or null
 */
record DropIn(String name, boolean foreground, Sentence mistake) {
  /** The names that a command has before an interface. */
  static final List<String> COMMANDS =
      List.of(
          "up",
          "down",
          "show",
          "check",
          "genkey",
          "pubkey",
          "genpsk",
          "crypto",
          "run",
          "status",
          "doctor",
          "support",
          "notices",
          "log",
          "config",
          "form",
          "device",
          "access",
          "person",
          "group",
          "signin",
          "invite",
          "join",
          "pair",
          "leds",
          "setup-code",
          "update",
          "help");

  private static final DropIn NONE = new DropIn(null, false, null);

  static DropIn recognise(String... args) {
    String name = null;
    boolean foreground = false;
    boolean forced = false;
    for (String arg : args) {
      if (!forced && arg.equals("--")) {
        forced = true;
      } else if (!forced && (arg.equals("-f") || arg.equals("--foreground"))) {
        foreground = true;
      } else if (!forced && arg.startsWith("-")) {
        return NONE;
      } else if (name != null) {
        return wrong(noCommand(name));
      } else if (!forced && COMMANDS.contains(arg)) {
        return foreground ? wrong(Sentence.of("cli.is-command", arg)) : NONE;
      } else {
        name = arg;
      }
    }
    if (name == null && (foreground || forced)) {
      return wrong(Sentence.of("cli.no-interface"));
    }
    return new DropIn(name, foreground, null);
  }

  private static Sentence noCommand(String name) {
    String near = Suggestion.nearest(name, COMMANDS);
    return near == null
        ? Sentence.of("cli.no-command", name)
        : Sentence.of("cli.no-command-near", name, near);
  }

  private static DropIn wrong(Sentence mistake) {
    return new DropIn(null, false, mistake);
  }
}
