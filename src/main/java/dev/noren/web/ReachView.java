package dev.noren.web;

import dev.noren.config.Form;
import dev.noren.config.Form.Kind;
import dev.noren.config.RouterConfig;
import dev.noren.status.Reached;
import dev.noren.status.RouterStatus;
import dev.noren.status.RouterStatus.Tunnel;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a way of use that is called from outside is reached from there: proved by who called in,
 * or not known.
 *
 * @param form which one
 * @param proved whether somebody has called in from the internet
 * @param says when and from where, or that it is not known
 */
record ReachView(String form, boolean proved, Sentence says) {
  /** Of all that are called, in the document's order. */
  static List<ReachView> all(RouterConfig config, RouterStatus status) {
    List<ReachView> all = new ArrayList<>();
    for (Form form : config.forms()) {
      if (isCalled(form)) {
        all.add(of(form, status));
      }
    }
    return all;
  }

  /** A shop that calls others itself need not be reached. */
  private static boolean isCalled(Form form) {
    return form.kind() != Kind.CLOUD
        && (form.kind() != Kind.SITE || !form.gateway().endpoints().isEmpty());
  }

  private static ReachView of(Form form, RouterStatus status) {
    Tunnel tunnel =
        status.tunnels().stream()
            .filter(each -> each.name().equals(form.name()))
            .findFirst()
            .orElse(null);
    Reached reached = tunnel == null ? null : tunnel.reached();
    String name = form.name().text();
    if (reached == null) {
      return new ReachView(name, false, Sentence.of("web.reached-unknown"));
    }
    String at = Measures.time(reached.at());
    return new ReachView(
        name,
        true,
        reached.by() == null
            ? Sentence.of(
                "web.reached-gone", at, reached.from(), Integer.toString(tunnel.listenPort()))
            : Sentence.of(
                "web.reached",
                at,
                reached.by(),
                reached.from(),
                Integer.toString(tunnel.listenPort())));
  }
}
