package dev.noren.cli;

import dev.noren.config.ConfigException;
import dev.noren.text.Sentence;
import dev.noren.text.Told;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The commands and their options, as picocli reads them. */
final class CommandParser {
  private CommandParser() {}

  static int run(Host host, Surroundings surroundings, String... args) {
    return line(host, surroundings, first(args)).execute(args);
  }

  /** The word behind a language, which is a command's name if it is one. */
  private static String first(String... args) {
    int at = 0;
    if (args.length > 0 && args[0].startsWith("--language")) {
      at = args[0].contains("=") ? 1 : 2;
    }
    return at < args.length ? args[at] : "";
  }

  /**
   * The commands that a command line needs: all, or the one that it names. To look at all of them
   * takes longer than what most do, and minutes where a processor is emulated.
   */
  private static CommandLine line(Host host, Surroundings surroundings, String first) {
    Map<String, Supplier<Object>> commands = commands(host, surroundings);
    CommandLine line = new CommandLine(new NorenCommand(surroundings));
    if (commands.containsKey(first)) {
      line.addSubcommand(first, commands.get(first).get());
    } else {
      commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
    }
    line.addSubcommand(new CommandLine.HelpCommand());
    addHelp(line);
    line.getSubcommands()
        .get("help")
        .getCommandSpec()
        .usageMessage()
        .header(new String[0])
        .synopsisHeading("Usage: ")
        .description("Say how noren, or one of its commands, is used.");
    line.getCommandSpec()
        .addOption(
            flag("Say which version this is.", "-v", "-V", "--version").versionHelp(true).build())
        .addOption(flag("Stay in front (only for IFNAME).", "-f", "--foreground").build());
    return line.setOut(writer(surroundings.out()))
        .setErr(writer(surroundings.err()))
        .setColorScheme(
            Help.defaultColorScheme(surroundings.coloured() ? Help.Ansi.ON : Help.Ansi.OFF))
        .setParameterExceptionHandler((e, args) -> wrongUsage(e, surroundings))
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e, surroundings));
  }

  /** In the order in which help has them. */
  private static Map<String, Supplier<Object>> commands(Host host, Surroundings surroundings) {
    FormCommands forms = new FormCommands(host, surroundings);
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("up", () -> new UpCommand(host, surroundings));
    commands.put("down", () -> new DownCommand(host));
    commands.put("show", () -> new ShowCommand(host, surroundings));
    commands.put("check", () -> new CheckCommand(surroundings));
    commands.put("genkey", () -> new GenKeyCommand(surroundings));
    commands.put("pubkey", () -> new PubKeyCommand(surroundings));
    commands.put("genpsk", () -> new GenPskCommand(surroundings));
    commands.put("crypto", () -> new CryptoCommand(surroundings));
    commands.put("run", () -> new RunCommand(host, surroundings));
    commands.put("status", () -> new StatusCommand(host, surroundings));
    commands.put("doctor", () -> new DoctorCommand(host, surroundings));
    commands.put("support", () -> new SupportCommand(host, surroundings));
    commands.put("notices", () -> new NoticesCommand(host, surroundings));
    commands.put("log", () -> new LogCommand(host, surroundings));
    commands.put("config", () -> config(host, surroundings));
    commands.put("form", forms::form);
    commands.put("device", forms::device);
    commands.put("access", forms::access);
    commands.put("person", forms::person);
    commands.put("group", forms::group);
    commands.put("signin", () -> new SignInCommand(host, surroundings));
    commands.put("invite", () -> new InviteCommand(host, surroundings));
    commands.put("join", () -> new JoinCommand(host, surroundings));
    commands.put("pair", () -> pair(host, surroundings));
    commands.put("leds", () -> leds(host, surroundings));
    commands.put("setup-code", () -> new SetupCodeCommand(host, surroundings));
    commands.put("update", () -> new UpdateCommand(host, surroundings));
    return commands;
  }

  private static CommandLine config(Host host, Surroundings surroundings) {
    CommandLine config =
        new CommandLine(new ConfigCommand(surroundings))
            .addSubcommand(new ConfigCheckCommand(surroundings))
            .addSubcommand(new ConfigShowCommand(host, surroundings))
            .addSubcommand(new ConfigSetCommand(host, surroundings))
            .addSubcommand(new ConfigExportCommand(host, surroundings))
            .addSubcommand(new ConfigImportCommand(host, surroundings))
            .addSubcommand(new ConfigTakeCommand(host, surroundings))
            .addSubcommand(new ConfigHistoryCommand(host, surroundings))
            .addSubcommand(new ConfigRollbackCommand(host, surroundings))
            .addSubcommand(new ConfigConfirmCommand(host, surroundings));
    return config;
  }

  private static CommandLine pair(Host host, Surroundings surroundings) {
    CommandLine pair =
        new CommandLine(new PairCommand(host, surroundings))
            .addSubcommand(new PairAcceptCommand(host, surroundings))
            .addSubcommand(new PairRefuseCommand(host, surroundings));
    return pair;
  }

  private static CommandLine leds(Host host, Surroundings surroundings) {
    return CommandGroup.of(
        "leds",
        "Say what the box's lights show and mean, test them, and find out which box it is.",
        surroundings,
        new LedsShowCommand(host, surroundings),
        new LedsExplainCommand(surroundings),
        new LedsTestCommand(host, surroundings),
        new LedsIdentifyCommand(host, surroundings));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  private static void addHelp(CommandLine line) {
    line.getSubcommands().values().forEach(CommandParser::addHelp);
    CommandSpec command = line.getCommandSpec();
    if (command.findOption("-h") == null) {
      command.addOption(flag("Say this.", "-h", "--help").usageHelp(true).build());
    }
  }

  private static OptionSpec.Builder flag(String description, String... names) {
    return OptionSpec.builder(names).arity("0").type(boolean.class).description(description);
  }

  /** What a command throws where this of its command line can't be. */
  static CommandLine.ParameterException wrongUsage(
      CommandSpec command, IllegalArgumentException why) {
    return new CommandLine.ParameterException(command.commandLine(), why.getMessage(), why);
  }

  private static int wrongUsage(CommandLine.ParameterException e, Surroundings surroundings) {
    surroundings.complain(sentence(e));
    String name = e.getCommandLine().getCommandSpec().qualifiedName();
    surroundings.remark(Sentence.of("cli.try", name));
    return Exit.USAGE;
  }

  /**
   * picocli counts arguments for who wrote the parser, calls what follows an option one too, and
   * names types as Java does.
   */
  private static Sentence sentence(CommandLine.ParameterException e) {
    if (e.getCause() instanceof Told told) {
      return told.sentence();
    }
    if (isNumber(e.getArgSpec()) && e.getValue() != null) {
      return Sentence.of("cli.cant-be", e.getArgSpec().paramLabel(), e.getValue());
    }
    if (e.getArgSpec() == null && e.getValue() != null) {
      return Sentence.of("cli.no-command", e.getValue()); // what help was asked about
    }
    if (e instanceof CommandLine.MissingParameterException missing) {
      return missing(missing);
    }
    if (!(e instanceof CommandLine.UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return Sentence.plain(e.getMessage());
    }
    String first = unmatched.getUnmatched().getFirst();
    if (first.startsWith("-")) {
      return Sentence.of("cli.unknown-option", first);
    }
    return e.getCommandLine().getSubcommands().isEmpty()
        ? Sentence.of("cli.too-many", first)
        : Sentence.of("cli.no-command", first);
  }

  private static Sentence missing(CommandLine.MissingParameterException e) {
    List<Object> labels =
        e.getMissing().stream()
            .map(each -> (Object) Sentence.of("cli.quoted", each.paramLabel()))
            .toList();
    if (e.getMissing().getFirst() instanceof OptionSpec option) {
      return Sentence.of(
          option.required() ? "cli.missing-option" : "cli.missing-value",
          option.longestName(),
          option.paramLabel());
    }
    return Sentence.of(labels.size() == 1 ? "cli.missing" : "cli.missing-several", labels);
  }

  private static boolean isNumber(ArgSpec argument) {
    return argument != null && (argument.type() == int.class || argument.type() == Integer.class);
  }

  private static int failed(Exception e, Surroundings surroundings) throws Exception {
    if (e instanceof ConfigException config) {
      config.errors().forEach(error -> surroundings.remark(error.sentence()));
    } else if (e instanceof IOException || e instanceof CommandFailure) {
      surroundings.complain(Sentence.of(e));
    } else {
      throw e;
    }
    return Exit.FAILED;
  }
}
