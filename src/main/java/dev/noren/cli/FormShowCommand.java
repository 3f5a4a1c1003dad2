package dev.noren.cli;

import dev.noren.config.FormEdit;
import dev.noren.config.RouterConfig;
import dev.noren.control.RecordJson;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code noren form show}. */
@Command(
    name = "show",
    description = {
      "Show one form as people read it: its shops and devices, who may reach what, and when they"
          + " were seen.",
    })
final class FormShowCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Parameters(paramLabel = "NAME", description = "The form.")
  private String name;

  @Option(names = "--json", description = "Print it as JSON, for programs.")
  private boolean json;

  @Mixin private StateOption state;

  FormShowCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    RouterConfig config = ConfigCommand.current(host.config(state.folder()), surroundings).config();
    ShownForm form;
    try {
      form =
          ShownForm.of(
              config,
              FormEdit.form(config, name),
              host.formFacts(state.folder()),
              today(surroundings));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e);
    }
    surroundings
        .out()
        .print(
            json
                ? RecordJson.write(form, true) + "\n"
                : new PrettyForm(new Paint(surroundings.coloured()), surroundings.speech())
                    .text(form));
    return Exit.DONE;
  }

  /** The day in the box's time zone, by which devices are let in. */
  static LocalDate today(Surroundings surroundings) {
    return LocalDate.ofInstant(surroundings.clock().instant(), ZoneId.systemDefault());
  }
}
