package dev.noren.cli;

import dev.noren.config.ConfigException;
import dev.noren.crypto.PublicKey;
import dev.noren.forms.DeviceFile;
import dev.noren.forms.NewDevice;
import dev.noren.status.RouterStatus;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code noren device add}. */
@Command(
    name = "add",
    description = {
      "Let another device in, and print once what it needs: a .conf with a private key that is kept"
          + " nowhere.",
    })
final class DeviceAddCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;
  private final SecureRandom chance = new SecureRandom();

  @Parameters(index = "0", paramLabel = "FORM", description = "The form by which it calls in.")
  private String form;

  @Parameters(index = "1", paramLabel = "NAME", description = "What people call it.")
  private String name;

  @Option(names = "--person", paramLabel = "P", description = "Whose it is.")
  private String person;

  @Option(
      names = "--expires",
      paramLabel = "DAY",
      description = "The last day on which it is let in, in the box's time zone, as in 2027-03-31.")
  private String expires;

  @Option(
      names = "--outside",
      description = "It is of outside staff: it needs --expires, and rules that name hosts.")
  private boolean outside;

  @Option(names = "--iot", description = "It is a thing: it can be reached, and starts nothing.")
  private boolean iot;

  @Option(names = "--qr", description = "Draw the .conf as a QR code, for the telephone's app.")
  private boolean qr;

  @Option(
      names = "--public-key",
      paramLabel = "KEY",
      description = "The device made its key by itself, and this is the public half.")
  private String publicKey;

  @Option(
      names = "--file",
      paramLabel = "PATH",
      description = "Write the .conf to a new file that only you can read.")
  private Path file;

  @Mixin private StateOption state;

  @Spec private CommandSpec spec;

  DeviceAddCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws ConfigException, CommandFailure, IOException {
    if (qr && publicKey != null) {
      throw wrong(null, "device.qr-key");
    }
    LocalDate today = FormShowCommand.today(surroundings);
    NewDevice wanted = new NewDevice(form, name, person, lastDay(today), outside, iot);
    PublicKey theirs = publicKey == null ? null : theirs();
    Editing editing = Editing.begin(host, state, surroundings);
    FormFacts facts = host.formFacts(state.folder());
    NewDevice.Made device;
    DeviceFile made;
    try {
      device =
          theirs == null
              ? wanted.make(editing.config(), chance)
              : wanted.make(editing.config(), theirs, chance);
      made = file(device, facts, today);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e);
    }
    if (device.reachesNothing(today)) {
      surroundings.remark(Sentence.of("device.no-rule", name));
    }
    String picture = qr ? QrPicture.of(made.text(), surroundings.coloured()) : null;
    // Before anything is saved, so that a key is never lost for want of a file.
    try (SecretFile secret = file == null ? null : SecretFile.create(file)) {
      ConfigCommand.reportBeside(editing.put(device.config()), surroundings);
      if (secret != null) {
        secret.keep(made.text());
      }
    }
    if (picture != null) {
      surroundings.out().print(picture);
    } else if (file == null) {
      surroundings.warnIfSecretIsShown();
      surroundings.out().print(made.text());
    }
    return Exit.DONE;
  }

  private ParameterException wrong(Throwable cause, String key, Object... arguments) {
    return CommandParser.wrongUsage(spec, new Refused(Sentence.of(key, arguments), cause));
  }

  private PublicKey theirs() {
    try {
      return PublicKey.parseBase64(publicKey);
    } catch (IllegalArgumentException e) {
      throw wrong(e, "device.public-key");
    }
  }

  private LocalDate lastDay(LocalDate today) {
    try {
      return NewDevice.lastDay(expires, outside, today);
    } catch (IllegalArgumentException e) {
      throw CommandParser.wrongUsage(spec, e);
    }
  }

  private static DeviceFile file(NewDevice.Made device, FormFacts facts, LocalDate today) {
    RouterStatus.Tunnel tunnel = facts.tunnel(device.form().name());
    return device.file(facts.shop(device.config()), tunnel == null ? 0 : tunnel.mtuBytes(), today);
  }
}
