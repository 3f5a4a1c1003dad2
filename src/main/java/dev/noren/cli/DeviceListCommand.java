package dev.noren.cli;

import dev.noren.config.Form;
import dev.noren.config.FormEdit;
import dev.noren.config.RouterConfig;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code noren device list}. */
@Command(
    name = "list",
    description = {
      "List the devices that call in from outside: when they were seen, until when they are let in,"
          + " and which of them nobody seems to use any more.",
    })
final class DeviceListCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Parameters(arity = "0..1", paramLabel = "FORM", description = "Only those of this form.")
  private String form;

  @Mixin private StateOption state;

  DeviceListCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    RouterConfig config = ConfigCommand.current(host.config(state.folder()), surroundings).config();
    FormFacts facts = host.formFacts(state.folder());
    Columns table =
        surroundings
            .speech()
            .table(
                "head.device",
                "head.form",
                "head.person",
                "head.address",
                "head.last-seen",
                "head.until",
                "head.note");
    for (Form each : forms(config)) {
      ShownForm.of(config, each, facts, FormShowCommand.today(surroundings))
          .devices()
          .forEach(device -> add(table, device, surroundings.speech()));
    }
    if (table.isEmpty()) {
      surroundings.remark(Sentence.of("device.none-yet"));
    } else {
      surroundings.out().print(table.text());
    }
    return Exit.DONE;
  }

  private List<Form> forms(RouterConfig config) throws CommandFailure {
    try {
      return form == null ? config.forms() : List.of(FormEdit.form(config, form));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e);
    }
  }

  private static void add(Columns table, ShownDevice device, Speech speech) {
    table.add(
        device.name(),
        device.form(),
        Objects.requireNonNullElse(device.person(), "-"),
        String.join(", ", device.addresses()),
        device.seenInWords(new HumanUnits(new Paint(false), speech), speech),
        Objects.requireNonNullElse(device.expires(), "-"),
        device.remark(speech));
  }
}
