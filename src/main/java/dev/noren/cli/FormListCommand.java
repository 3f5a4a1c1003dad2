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
    Columns table =
        surroundings
            .speech()
            .table("head.name", "head.kind", "head.way-of-use", "head.has", "head.state");
    for (Form form : config.forms()) {
      table.add(
          form.name().text(),
          FormWords.word(form.kind()),
          FormWords.wayOfUse(form.kind()).in(surroundings.language()),
          has(form, surroundings.speech()),
          stateOf(form, facts, surroundings.speech()));
    }
    if (table.isEmpty()) {
      surroundings.remark(Sentence.of("form.none-yet"));
    } else {
      surroundings.out().print(table.text());
    }
    return Exit.DONE;
  }

  private static String has(Form form, Speech speech) {
    List<String> parts = new ArrayList<>();
    if (!form.shops().isEmpty()) {
      int shops = form.shops().size();
      parts.add(shops == 1 ? speech.words("shown.shop") : speech.words("shown.shops", shops));
    }
    if (!form.devices().isEmpty()) {
      int devices = form.devices().size();
      parts.add(
          devices == 1 ? speech.words("shown.device") : speech.words("shown.devices", devices));
    }
    return parts.isEmpty() ? "-" : String.join(", ", parts);
  }

  private static String stateOf(Form form, FormFacts facts, Speech speech) {
    RouterStatus.Tunnel tunnel = facts.tunnel(form.name());
    if (facts.status() == null) {
      return speech.words("shown.no-router");
    }
    if (tunnel == null || !tunnel.up()) {
      return speech.words("shown.down");
    }
    long connected =
        tunnel.peers().stream()
            .map(RouterStatus.Peer::handshakeAgeSeconds)
            .filter(age -> age != null && age <= CONNECTED_SECONDS)
            .count();
    return speech.words("shown.connected", connected, tunnel.peers().size());
  }
}
