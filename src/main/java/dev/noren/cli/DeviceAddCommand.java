package dev.noren.cli;

import dev.noren.config.AddressNumbers;
import dev.noren.config.ConfigException;
import dev.noren.config.Device;
import dev.noren.config.Form;
import dev.noren.config.FormEdit;
import dev.noren.config.RouterConfig;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.forms.DeviceFile;
import dev.noren.status.RouterStatus;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
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
      description = "The last day on which it is let in (UTC), as in 2027-03-31.")
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
    Editing editing = Editing.begin(host, state, surroundings);
    FormFacts facts = host.formFacts(state.folder());
    PrivateKey key = publicKey == null ? PrivateKey.generate(chance) : null;
    RouterConfig after;
    DeviceFile made;
    try {
      Form before = FormEdit.form(editing.config(), form);
      FormEdit.checkTakesDevices(before);
      DeviceFile.endpoint(editing.config(), before);
      Device device = device(before, key == null ? theirs() : key.publicKey());
      after = FormEdit.addDevice(editing.config(), form, device);
      made = file(after, device, key, facts);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e);
    }
    String picture = qr ? QrPicture.of(made.text(), surroundings.coloured()) : null;
    // Before anything is saved, so that a key is never lost for want of a file.
    try (SecretFile secret = file == null ? null : SecretFile.create(file)) {
      ConfigCommand.reportBeside(editing.put(after), surroundings);
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

  private Device device(Form before, PublicKey key) {
    return new Device(
        name,
        person,
        key,
        PresharedKey.generate(chance),
        AddressNumbers.next(before),
        lastDay(),
        outside,
        iot,
        false);
  }

  private LocalDate lastDay() {
    if (expires == null) {
      if (outside) {
        throw wrong(null, "device.outside-expires");
      }
      return null;
    }
    LocalDate day;
    try {
      day = LocalDate.parse(expires);
    } catch (DateTimeParseException e) {
      throw wrong(e, "device.expires-form");
    }
    if (day.isBefore(FormShowCommand.today(surroundings))) {
      throw wrong(null, "device.expires-over", day);
    }
    return day;
  }

  private DeviceFile file(RouterConfig after, Device device, PrivateKey key, FormFacts facts) {
    Form with = FormEdit.form(after, form);
    RouterStatus.Tunnel tunnel = facts.tunnel(with.name());
    DeviceFile made =
        DeviceFile.of(
            after,
            with,
            device,
            key,
            facts.shop(after),
            tunnel == null ? 0 : tunnel.mtuBytes(),
            FormShowCommand.today(surroundings));
    ShownDevice shown =
        ShownForm.of(after, with, facts, FormShowCommand.today(surroundings)).devices().getLast();
    if (shown.reaches().isEmpty() && !shown.internet() && !iot) {
      surroundings.remark(Sentence.of("device.no-rule", name));
    }
    return made;
  }
}
