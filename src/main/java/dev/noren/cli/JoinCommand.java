package dev.noren.cli;

import dev.noren.config.ConfigException;
import dev.noren.config.ForeignFile;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code noren join}. */
@Command(
    name = "join",
    description = {"Join another shop by the invitation that its router has made."})
final class JoinCommand implements Callable<Integer> {
  private static final int MOST_BYTES = 8192;

  private final Host host;
  private final Surroundings surroundings;

  @Parameters(
      index = "0",
      paramLabel = "INVITATION",
      description = {
        "The line that noren invite printed, or a file with it; - to read it from standard input,"
            + " as others may see what a command line says.",
      })
  private String invitation;

  @Option(
      names = "--form",
      paramLabel = "NAME",
      description = "What the new form, and its interface, are called.")
  private String form;

  @Option(
      names = "--shop",
      paramLabel = "NAME",
      description = "What the other shop is called here, instead of what it calls itself.")
  private String shop;

  @Mixin private StateOption state;

  JoinCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws ConfigException, IOException, CommandFailure {
    host.pairing(state.folder())
        .join(line(), InviteCommand.name(form), shop, ConfigCommand.author(surroundings))
        .forEach(surroundings::remark);
    surroundings.say(Sentence.of("join.calling"));
    return Exit.DONE;
  }

  private String line() throws ConfigException, IOException, CommandFailure {
    if (invitation.equals("-")) {
      return new String(surroundings.in().readNBytes(MOST_BYTES), StandardCharsets.US_ASCII);
    }
    if (invitation.matches("noren\\d+:.*") || !Files.exists(Path.of(invitation))) {
      return invitation;
    }
    if (Files.size(Path.of(invitation)) > MOST_BYTES) {
      throw new CommandFailure(Sentence.of("join.too-large", invitation));
    }
    String text = ConfigFile.text(Path.of(invitation), surroundings);
    ForeignFile.refuse(invitation, text);
    return text;
  }
}
