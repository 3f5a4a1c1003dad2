package dev.noren.cli;

import dev.noren.config.ConfigException;
import dev.noren.config.HostPort;
import dev.noren.config.TunnelName;
import dev.noren.control.PairingDesk.Invited;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code noren invite}. */
@Command(
    name = "invite",
    description = {"Make an invitation by which another shop's router joins this one."})
final class InviteCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "FORM", description = "The form that gets the shop.")
  private String form;

  @Option(
      names = "--shop",
      paramLabel = "NAME",
      description = "What the other shop is called here, instead of what it calls itself.")
  private String shop;

  @Option(
      names = "--far",
      paramLabel = "HOST:PORT",
      description = "Where the other router is reached, so that both ends send at once.")
  private String far;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Write it into a new file instead of on standard output.")
  private Path file;

  @Option(names = "--qr", description = "Draw it as a QR code too.")
  private boolean qr;

  @Mixin private StateOption state;

  InviteCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws ConfigException, IOException, CommandFailure {
    if (qr && file != null) {
      throw new CommandFailure(Sentence.of("invite.qr-file"));
    }
    // Before anything is made, so that no invitation is lost for want of a file.
    try (SecretFile secret = file == null ? null : SecretFile.create(file)) {
      Invited invited = invite();
      if (secret != null) {
        secret.keep(invited.line() + "\n");
      }
    }
    return Exit.DONE;
  }

  private Invited invite() throws ConfigException, IOException, CommandFailure {
    Invited invited =
        host.pairing(state.folder())
            .invite(name(form), shop, place(far), ConfigCommand.author(surroundings));
    invited.remarks().forEach(surroundings::remark);
    surroundings.remark(
        Sentence.of("invite.carry", invited.expires().truncatedTo(ChronoUnit.SECONDS)));
    if (file == null) {
      surroundings.out().println(invited.line());
      if (qr) {
        surroundings.out().print(QrPicture.of(invited.line(), surroundings.coloured()));
      }
    }
    return invited;
  }

  static TunnelName name(String text) throws CommandFailure {
    try {
      return text == null ? null : new TunnelName(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e);
    }
  }

  private static HostPort place(String text) throws CommandFailure {
    try {
      return text == null ? null : HostPort.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(Sentence.of("value.because", "--far", Sentence.of(e)), e);
    }
  }
}
