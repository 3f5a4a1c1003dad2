package dev.noren.cli;

import dev.noren.config.Access.Person;
import dev.noren.config.ConfigException;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterEdit;
import dev.noren.control.ConfigDesk.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code noren person totp}. */
@Command(
    name = "totp",
    description = {
      "Give a person a new secret of one-time codes, and print once what the app for codes takes."
          + " Codes of an older one are worth nothing from then on, and who signed in by them is"
          + " signed out.",
    })
final class PersonTotpCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Parameters(paramLabel = "NAME", description = "Whose codes they are.")
  private String name;

  @Option(names = "--qr", description = "Draw it as a QR code, for the telephone's app.")
  private boolean qr;

  @Mixin private StateOption state;

  PersonTotpCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws ConfigException, CommandFailure, IOException {
    Editing editing = Editing.begin(host, state, surroundings);
    RouterConfig before = editing.config();
    List<String> names = before.access().people().stream().map(Person::name).toList();
    if (!names.contains(name)) {
      throw new CommandFailure(Editing.none("person.none", name, names));
    }
    NewTotp made = host.newTotp(before.name(), name);
    String shown = qr ? QrPicture.of(made.uri(), surroundings.coloured()) : made.uri() + "\n";
    String path = "access.people[" + names.indexOf(name) + "].totpSecret";
    Outcome outcome = editing.put(RouterEdit.set(before, path, made.secret()));
    ConfigCommand.reportBeside(outcome, surroundings);
    surroundings.warnIfSecretIsShown();
    surroundings.out().print(shown);
    return Exit.DONE;
  }
}
