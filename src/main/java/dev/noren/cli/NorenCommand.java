package dev.noren.cli;

import dev.noren.text.Language;
import dev.noren.text.Refused;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line without a command. */
@Command(
    name = "noren",
    customSynopsis = {
      "noren COMMAND [OPTIONS]",
      "       noren [-f] [--] IFNAME",
    },
    description = {
      "",
      "A WireGuard-compatible VPN.",
      "",
      "noren IFNAME makes a bare interface, as wireguard-go does: wg configures it. It goes to the"
          + " background when it is ready. LOG_LEVEL (silent, error, debug), WG_TUN_FD and"
          + " WG_UAPI_FD are followed, and NOREN_PEERS says for how many peers to have memory. A"
          + " command's name comes before an interface's: noren -- up"
          + " is the interface up.",
      "",
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage.",
    },
    versionProvider = NorenCommand.Version.class)
final class NorenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Takes the language; {@link Cli} has looked for it before, so that mistakes here are in it. */
  @Option(
      names = "--language",
      paramLabel = "CODE",
      description =
          "Say errors in this language, en or ja, whatever LC_ALL, LC_MESSAGES and LANG say. It"
              + " comes before the command.")
  void language(String code) {
    if (Language.of(code) == null) {
      throw CommandParser.wrongUsage(spec, new Refused("cli.language", code));
    }
  }

  private final Surroundings surroundings;

  NorenCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Without a command and without an interface's name there is nothing to do. */
  @Override
  public Integer call() {
    spec.commandLine().usage(surroundings.err());
    return Exit.USAGE;
  }

  /** The version from the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = NorenCommand.class.getPackage().getImplementationVersion();
      return new String[] {"noren " + Objects.requireNonNullElse(version, "(not from a jar)")};
    }
  }
}
