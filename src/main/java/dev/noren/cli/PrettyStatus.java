package dev.noren.cli;

import dev.noren.config.RouterConfig.Role;
import dev.noren.config.TunnelUse.Mode;
import dev.noren.control.SignalText;
import dev.noren.status.Condition;
import dev.noren.status.Finding;
import dev.noren.status.Health;
import dev.noren.status.RouterStatus;
import dev.noren.status.RouterStatus.Lan;
import dev.noren.status.RouterStatus.Lease;
import dev.noren.status.RouterStatus.Line;
import dev.noren.status.RouterStatus.Page;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Service;
import dev.noren.status.RouterStatus.Tunnel;
import dev.noren.status.SignalFile;
import dev.noren.status.Traffic;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.stream.Collectors;

/** The running router for people, in the layout of {@code wg show}, at most 80 columns wide. */
final class PrettyStatus {
  private static final int STEP = 2;

  private final Paint paint;
  private final Speech speech;
  private final HumanUnits units;
  private final StringBuilder text = new StringBuilder();
  private Instant now;

  PrettyStatus(Paint paint, Speech speech) {
    this.paint = paint;
    this.speech = speech;
    this.units = new HumanUnits(paint, speech);
  }

  String text(RouterStatus status) {
    now = status.at();
    text.setLength(0);
    text.append(paint.reset());
    router(status);
    status.lines().forEach(this::line);
    lan(status);
    status.tunnels().forEach(this::tunnel);
    services(status);
    rules(status);
    routes(status);
    return text.toString();
  }

  private void router(RouterStatus status) {
    text.append(paint.greenBold(speech.words("label.router")))
        .append(": ")
        .append(paint.green(Wrapping.clean(status.name())))
        .append('\n');
    condition(status.condition());
    field(
        1,
        "label.role",
        speech.words(status.role() == Role.BESIDE ? "shown.beside" : "shown.router"));
    field(1, "label.running-for", lasting(now.minusMillis(status.uptimeMs())));
    if (status.claimed()) {
      field(
          1,
          "label.configuration",
          speech.words(
              "shown.applied", status.config().number(), ago(status.config().appliedAt())));
      field(1, "label.changed-by", Wrapping.clean(speech.author(status.config().author())));
    } else {
      field(1, "label.configuration", paint.yellow(speech.words("shown.unclaimed")));
    }
    if (status.pending() != null) {
      section(
          paint.yellowBold(speech.words("label.being-tried")),
          paint.yellow(Wrapping.clean(speech.past(status.pending().what()))));
      field(1, "label.by", Wrapping.clean(speech.author(status.pending().author())));
      field(
          1,
          "label.undone-in",
          speech.words(
              "shown.unless-confirmed",
              units.duration(Math.max(1, status.pending().secondsLeft()))));
    }
    if (!status.problems().isEmpty()) {
      section(paint.red(paint.bold(speech.words("label.problems"))), "");
      status
          .problems()
          .forEach(problem -> row(paint.red("!"), Wrapping.clean(problem.in(speech.language()))));
    }
  }

  /** What the lights say, and why. */
  private void condition(Condition condition) {
    Health health = condition.health();
    String says = SignalText.says(SignalFile.TABLE.of(health)).in(speech.language());
    field(
        1,
        "label.condition",
        health.isWrong() ? paint.red(says) : health.isWell() ? paint.green(says) : says);
    field(1, "label.since", ago(condition.since()));
    Finding finding = condition.finding();
    if (finding != null) {
      field(
          1,
          "label.finding",
          paint.red(finding.number())
              + "  "
              + Wrapping.clean(finding.says().in(speech.language())));
      field(1, "label.to-do", Wrapping.clean(finding.next().in(speech.language())));
    }
  }

  private void line(Line line) {
    section(paint.yellowBold(speech.words("label.line")), paint.yellow(line.device()));
    String state =
        line.healthy()
            ? paint.green(speech.words("shown.healthy"))
            : paint.red(speech.words("shown.not-healthy"));
    field(
        1,
        "label.state",
        line.since() == null ? state : speech.words("shown.for", state, lasting(line.since())));
    field(
        1,
        "label.address",
        speech.words(
            "shown.detail",
            line.address() == null ? speech.words("shown.none-yet") : line.address(),
            line.method()));
    if (line.gateway() != null) {
      field(1, "label.gateway", String.valueOf(line.gateway()));
    }
    if (!line.dns().isEmpty()) {
      field(1, "label.name-servers", joined(line.dns()));
    }
    traffic(1, line.traffic());
  }

  private void lan(RouterStatus status) {
    Lan lan = status.lan();
    if (lan != null) {
      section(paint.yellowBold(speech.words("label.network")), paint.yellow(lan.device()));
      if (!lan.members().isEmpty()) {
        field(1, "label.ports", joined(lan.members()));
      }
      field(
          1,
          "label.address",
          lan.address() + (lan.address6() == null ? "" : ", " + lan.address6()));
      field(
          1,
          "label.dhcp",
          lan.dhcpFrom() == null
              ? speech.words("shown.off")
              : speech.words("shown.range", lan.dhcpFrom(), lan.dhcpTo()));
    }
    page(status.page());
    if (!status.leases().isEmpty()) {
      section(
          paint.yellowBold(speech.words("label.devices")),
          Integer.toString(status.leases().size()));
      status.leases().forEach(this::lease);
    }
  }

  private void page(Page page) {
    if (page.urls().isEmpty()) {
      return;
    }
    section(paint.yellowBold(speech.words("label.page")), "");
    page.urls().forEach(url -> row("", Wrapping.clean(url)));
    if (page.isSecond()) {
      row("", Wrapping.clean(speech.words("page.second", Page.USUAL_NAME, page.name())));
    }
  }

  private void lease(Lease lease) {
    String name =
        lease.name() == null ? speech.words("shown.no-name") : Wrapping.clean(lease.name());
    row(
        "%-15s  %s ".formatted(lease.address(), lease.mac()),
        lease.until() == null
            ? name
            : speech.words("shown.until", name, lease.until().truncatedTo(ChronoUnit.SECONDS)));
  }

  private void tunnel(Tunnel tunnel) {
    section(paint.greenBold(speech.words("label.tunnel")), paint.green(tunnel.name().text()));
    field(
        1,
        "label.state",
        tunnel.up()
            ? paint.green(speech.words("shown.up"))
            : paint.red(speech.words("shown.down")));
    field(
        1,
        "label.takes",
        speech.words(tunnel.mode() == Mode.FULL ? "shown.everything" : "shown.some"));
    field(
        1,
        "label.kill-switch",
        !tunnel.killSwitch()
            ? speech.words("shown.off")
            : tunnel.promisedFor() == null
                ? speech.words("shown.on")
                : speech.words("shown.on-for", tunnel.promisedFor()));
    field(1, "label.addresses", joined(tunnel.addresses()));
    field(1, "label.mtu", Integer.toString(tunnel.mtuBytes()));
    if (tunnel.listenPort() != 0) {
      field(1, "label.listening-port", Integer.toString(tunnel.listenPort()));
    }
    tunnel.peers().forEach(this::peer);
  }

  private void peer(Peer peer) {
    field(
        1,
        "label.peer",
        paint.yellow(peer.name() == null ? peer.publicKey() : Wrapping.clean(peer.name())));
    if (peer.name() != null) {
      field(2, "label.public-key", peer.publicKey());
    }
    if (peer.endpoint() != null) {
      field(2, "label.endpoint", peer.endpoint());
    }
    field(
        2,
        "label.allowed-ips",
        peer.allowedIps().isEmpty()
            ? speech.words("shown.none-allowed")
            : joined(peer.allowedIps()));
    field(
        2,
        "label.latest-handshake",
        peer.handshakeAgeSeconds() == null
            ? paint.red(speech.words("shown.never"))
            : units.ago(peer.handshakeAgeSeconds()));
    traffic(2, peer.traffic());
    if (peer.keepaliveSeconds() != 0) {
      field(
          2,
          "label.keepalive",
          speech.words("shown.every", units.duration(peer.keepaliveSeconds())));
    }
  }

  private void traffic(int level, Traffic traffic) {
    if (traffic.receivedBytes() != 0 || traffic.sentBytes() != 0) {
      field(
          level,
          "label.transfer",
          transfer("shown.received", traffic.receivedBytes(), traffic.receivedPerSecond())
              + ", "
              + transfer("shown.sent", traffic.sentBytes(), traffic.sentPerSecond()));
    }
  }

  private String transfer(String key, long bytes, long perSecond) {
    String all = speech.words(key, units.bytes(bytes));
    return perSecond == 0 ? all : speech.words("shown.rate", all, units.bytes(perSecond));
  }

  private void services(RouterStatus status) {
    if (!status.services().isEmpty()) {
      section(paint.yellowBold(speech.words("label.services")), "");
      status.services().forEach(this::service);
    }
  }

  private void service(Service service) {
    String state =
        service.runningSince() == null
            ? paint.red(speech.words("shown.not-running"))
            : speech.words("shown.running-for", lasting(service.runningSince()));
    if (service.restarts() == 1) {
      state = speech.words("shown.started-again", state);
    } else if (service.restarts() > 1) {
      state = speech.words("shown.started-often", state, service.restarts());
    }
    if (service.lastWords() != null) {
      state = speech.words("shown.last-words", state, Wrapping.clean(service.lastWords()));
    }
    named(1, service.name(), state);
  }

  private void rules(RouterStatus status) {
    boolean any = status.rules().stream().anyMatch(rule -> rule.packets() != 0);
    if (any) {
      section(paint.yellowBold(speech.words("label.firewall")), "");
      status.rules().stream()
          .filter(rule -> rule.packets() != 0)
          .forEach(
              rule ->
                  named(
                      1,
                      rule.sentence().in(speech.language()),
                      speech.words(
                          rule.packets() == 1 ? "shown.packet" : "shown.packets",
                          rule.packets(),
                          units.bytes(rule.bytes()))));
    }
  }

  private void routes(RouterStatus status) {
    if (!status.routesToTell().isEmpty()) {
      section(paint.yellowBold(speech.words("label.routes")), "");
      status.routesToTell().forEach(route -> row("", route.toString()));
    }
  }

  private void section(String title, String value) {
    text.append('\n');
    text.append(Wrapping.wrap(title + ":" + (value.isEmpty() ? "" : " "), STEP, value));
  }

  private void field(int level, String label, String value) {
    named(level, speech.words(label), value);
  }

  private void named(int level, String name, String value) {
    text.append(
        Wrapping.wrap(
            " ".repeat(level * STEP) + paint.bold(Wrapping.clean(name)) + ": ",
            (level + 1) * STEP,
            value));
  }

  private void row(String start, String value) {
    text.append(
        Wrapping.wrap(" ".repeat(STEP) + (start.isEmpty() ? "" : start + " "), 2 * STEP, value));
  }

  private static String joined(Collection<?> values) {
    return values.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  /** A clock that was set back makes nothing last less than no time. */
  private String lasting(Instant since) {
    long seconds = now.getEpochSecond() - since.getEpochSecond();
    return seconds > 0 ? units.duration(seconds) : speech.words("time.moment");
  }

  private String ago(Instant then) {
    if (then.getEpochSecond() == now.getEpochSecond()) {
      return speech.words("time.just-now");
    }
    return units.ago(then.getEpochSecond(), now.getEpochSecond());
  }
}
