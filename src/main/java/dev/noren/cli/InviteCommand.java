package dev.noren.cli;

import dev.noren.config.ConfigException;
import dev.noren.config.HostPort;
import dev.noren.config.TunnelName;
import dev.noren.control.PairingDesk.Invited;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
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
    Invited invited =
        host.pairing(state.folder())
            .invite(name(form), shop, place(far), ConfigCommand.author(surroundings));
    invited.remarks().forEach(surroundings::remark);
    surroundings.remark(
        "Carry it to the other router, where noren join takes it, and show it to nobody else. It"
            + " works once, until "
            + invited.expires().truncatedTo(ChronoUnit.SECONDS)
            + ". noren pair shows who has come.");
    if (file == null) {
      surroundings.out().println(invited.line());
      if (qr) {
        surroundings.out().print(QrPicture.of(invited.line(), surroundings.coloured()));
      }
    } else {
      write(invited.line());
    }
    return Exit.DONE;
  }

  private void write(String line) throws CommandFailure, IOException {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailure(Sentence.of("file.there", file), e);
    }
    Files.write(file, (line + "\n").getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
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
