package dev.noren.cli;

import dev.noren.config.Form;
import dev.noren.config.RouterConfig;
import dev.noren.status.RouterStatus;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code noren form list}. */
@Command(
    name = "list",
    description = {"List the forms."})
final class FormListCommand implements Callable<Integer> {
  /** A session lasts no longer (whitepaper 6.1), and a device keeps it alive. */
  private static final long CONNECTED_SECONDS = 180;

  private final Host host;
  private final Surroundings surroundings;

  @Mixin private StateOption state;

  FormListCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    RouterConfig config = ConfigCommand.current(host.config(state.folder()), surroundings).config();
    FormFacts facts = host.formFacts(state.folder());
    Columns table = new Columns("NAME", "KIND", "WAY OF USE", "HAS", "STATE");
    for (Form form : config.forms()) {
      table.add(
          form.name().text(),
          FormWords.word(form.kind()),
          FormWords.wayOfUse(form.kind()),
          has(form),
          stateOf(form, facts));
    }
    if (table.isEmpty()) {
      surroundings.remark(Sentence.of("form.none-yet"));
    } else {
      surroundings.out().print(table.text());
    }
    return Exit.DONE;
  }

  private static String has(Form form) {
    List<String> parts = new ArrayList<>();
    if (!form.shops().isEmpty()) {
      parts.add(FormWords.count(form.shops().size(), "shop"));
    }
    if (!form.devices().isEmpty()) {
      parts.add(FormWords.count(form.devices().size(), "device"));
    }
    return parts.isEmpty() ? "-" : String.join(", ", parts);
  }

  private static String stateOf(Form form, FormFacts facts) {
    RouterStatus.Tunnel tunnel = facts.tunnel(form.name());
    if (facts.status() == null) {
      return "the router is not running";
    }
    if (tunnel == null || !tunnel.up()) {
      return "down";
    }
    long connected =
        tunnel.peers().stream()
            .map(RouterStatus.Peer::handshakeAgeSeconds)
            .filter(age -> age != null && age <= CONNECTED_SECONDS)
            .count();
    return "up, " + connected + " of " + tunnel.peers().size() + " connected";
  }
}
