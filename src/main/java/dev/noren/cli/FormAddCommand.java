package dev.noren.cli;

import dev.noren.config.ConfigException;
import dev.noren.config.Form;
import dev.noren.config.FormEdit;
import dev.noren.config.RouterConfig;
import dev.noren.forms.NewForm;
import dev.noren.net.Cidr;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code noren form add}. */
@Command(
    name = "add",
    description = {
      "Add a form. A key, a UDP port from 51820 up and a network for the tunnel that meets no other"
          + " are chosen where they are not given.",
    })
final class FormAddCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      description = {
        "site: joined shops. remote: people from outside. cloud: a provider or cloud gateway."
            + " vdi: virtual desktops and nothing else. router: another shop and staff in one.",
      })
  private String kind;

  @Parameters(
      index = "1",
      paramLabel = "NAME",
      description = "What it is called, and its interface: 1 to 15 letters.")
  private String name;

  @Parameters(
      index = "2..*",
      arity = "0..*",
      paramLabel = "FIELD=VALUE",
      description = {
        "What the document has for it, as config set takes it: extent=full, listenPort=443. For"
            + " endpoint=HOST or HOST:PORT, where this router is reached from outside, and"
            + " desk=NAME@HOST or NAME@HOST:tcp/3389, one each.",
      })
  private List<String> fields = List.of();

  @Mixin private StateOption state;

  @Spec private CommandSpec spec;

  FormAddCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws ConfigException, CommandFailure, IOException {
    Form.Kind way = way();
    Editing editing = Editing.begin(host, state, surroundings);
    List<Cidr> networks = host.formFacts(state.folder()).networks();
    return editing.save(config -> added(config, way, networks));
  }

  private Form.Kind way() {
    try {
      return FormWords.kind(kind);
    } catch (IllegalArgumentException e) {
      throw CommandParser.wrongUsage(spec, e);
    }
  }

  private RouterConfig added(RouterConfig config, Form.Kind way, List<Cidr> networks)
      throws ConfigException {
    return FormEdit.add(
        config, way, name, NewForm.fields(config, way, fields, networks, new SecureRandom()));
  }
}
