package dev.noren.cli;

import dev.noren.config.RouterConfig.Role;
import dev.noren.config.TunnelUse.Mode;
import dev.noren.status.RouterStatus;
import dev.noren.status.RouterStatus.Lan;
import dev.noren.status.RouterStatus.Lease;
import dev.noren.status.RouterStatus.Line;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Service;
import dev.noren.status.RouterStatus.Tunnel;
import dev.noren.status.Traffic;
import dev.noren.text.Language;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.stream.Collectors;

/** The running router for people, in the layout of {@code wg show}, at most 80 columns wide. */
final class PrettyStatus {
  private static final int STEP = 2;

  private final Paint paint;
  private final Language language;
  private final HumanUnits units;
  private final StringBuilder text = new StringBuilder();
  private Instant now;

  PrettyStatus(Paint paint, Language language) {
    this.paint = paint;
    this.language = language;
    this.units = new HumanUnits(paint);
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
    text.append(paint.greenBold("router"))
        .append(": ")
        .append(paint.green(Wrapping.clean(status.name())))
        .append('\n');
    field(1, "role", status.role() == Role.BESIDE ? "beside the shop's router" : "router");
    field(1, "running for", lasting(now.minusMillis(status.uptimeMs())));
    if (status.claimed()) {
      field(
          1,
          "configuration",
          "number " + status.config().number() + ", applied " + ago(status.config().appliedAt()));
      field(1, "changed by", Wrapping.clean(status.config().author()));
    } else {
      field(1, "configuration", paint.yellow("none yet: nobody has claimed this box"));
    }
    if (status.pending() != null) {
      section(
          paint.yellowBold("being tried"), paint.yellow(Wrapping.clean(status.pending().what())));
      field(1, "by", Wrapping.clean(status.pending().author()));
      field(
          1,
          "undone in",
          units.duration(Math.max(1, status.pending().secondsLeft()))
              + " unless you confirm it: noren config confirm");
    }
    if (!status.problems().isEmpty()) {
      section(paint.red(paint.bold("problems")), "");
      status
          .problems()
          .forEach(problem -> row(paint.red("!"), Wrapping.clean(problem.in(language))));
    }
  }

  private void line(Line line) {
    section(paint.yellowBold("line"), paint.yellow(line.device()));
    String state = line.healthy() ? paint.green("healthy") : paint.red("not healthy");
    field(1, "state", state + (line.since() == null ? "" : " for " + lasting(line.since())));
    field(
        1,
        "address",
        (line.address() == null ? "none yet" : String.valueOf(line.address()))
            + " ("
            + line.method()
            + ")");
    if (line.gateway() != null) {
      field(1, "gateway", String.valueOf(line.gateway()));
    }
    if (!line.dns().isEmpty()) {
      field(1, "name servers", joined(line.dns()));
    }
    traffic(1, line.traffic());
  }

  private void lan(RouterStatus status) {
    Lan lan = status.lan();
    if (lan != null) {
      section(paint.yellowBold("network"), paint.yellow(lan.device()));
      if (!lan.members().isEmpty()) {
        field(1, "ports", joined(lan.members()));
      }
      field(1, "address", lan.address() + (lan.address6() == null ? "" : ", " + lan.address6()));
      field(1, "dhcp", lan.dhcpFrom() == null ? "off" : lan.dhcpFrom() + " to " + lan.dhcpTo());
    }
    if (!status.leases().isEmpty()) {
      section(paint.yellowBold("devices"), Integer.toString(status.leases().size()));
      status.leases().forEach(this::lease);
    }
  }

  private void lease(Lease lease) {
    row(
        "%-15s  %s ".formatted(lease.address(), lease.mac()),
        (lease.name() == null ? "(no name)" : Wrapping.clean(lease.name()))
            + (lease.until() == null
                ? ""
                : ", until " + lease.until().truncatedTo(ChronoUnit.SECONDS)));
  }

  private void tunnel(Tunnel tunnel) {
    section(paint.greenBold("tunnel"), paint.green(tunnel.name().text()));
    field(1, "state", tunnel.up() ? paint.green("up") : paint.red("down"));
    field(1, "takes", tunnel.mode() == Mode.FULL ? "everything" : "some");
    field(
        1,
        "kill switch",
        tunnel.killSwitch()
            ? "on" + (tunnel.promisedFor() == null ? "" : ", for " + tunnel.promisedFor())
            : "off");
    field(1, "addresses", joined(tunnel.addresses()));
    field(1, "mtu", Integer.toString(tunnel.mtuBytes()));
    if (tunnel.listenPort() != 0) {
      field(1, "listening port", Integer.toString(tunnel.listenPort()));
    }
    tunnel.peers().forEach(this::peer);
  }

  private void peer(Peer peer) {
    field(
        1,
        "peer",
        paint.yellow(peer.name() == null ? peer.publicKey() : Wrapping.clean(peer.name())));
    if (peer.name() != null) {
      field(2, "public key", peer.publicKey());
    }
    if (peer.endpoint() != null) {
      field(2, "endpoint", peer.endpoint());
    }
    field(2, "allowed ips", peer.allowedIps().isEmpty() ? "(none)" : joined(peer.allowedIps()));
    field(
        2,
        "latest handshake",
        peer.handshakeAgeSeconds() == null
            ? paint.red("never")
            : peer.handshakeAgeSeconds() == 0
                ? "now"
                : units.duration(peer.handshakeAgeSeconds()) + " ago");
    traffic(2, peer.traffic());
    if (peer.keepaliveSeconds() != 0) {
      field(2, "persistent keepalive", "every " + units.duration(peer.keepaliveSeconds()));
    }
  }

  private void traffic(int level, Traffic traffic) {
    if (traffic.receivedBytes() != 0 || traffic.sentBytes() != 0) {
      field(
          level,
          "transfer",
          transfer(traffic.receivedBytes(), traffic.receivedPerSecond(), "received")
              + ", "
              + transfer(traffic.sentBytes(), traffic.sentPerSecond(), "sent"));
    }
  }

  private String transfer(long bytes, long perSecond, String how) {
    return units.bytes(bytes)
        + " "
        + how
        + (perSecond == 0 ? "" : " (" + units.bytes(perSecond) + "/s)");
  }

  private void services(RouterStatus status) {
    if (!status.services().isEmpty()) {
      section(paint.yellowBold("services"), "");
      status.services().forEach(this::service);
    }
  }

  private void service(Service service) {
    String state =
        service.runningSince() == null
            ? paint.red("not running")
            : "running for " + lasting(service.runningSince());
    String restarts =
        service.restarts() == 0
            ? ""
            : ", started again "
                + (service.restarts() == 1 ? "once" : service.restarts() + " times");
    String words =
        service.lastWords() == null
            ? ""
            : ", its last words: " + Wrapping.clean(service.lastWords());
    field(1, service.name(), state + restarts + words);
  }

  private void rules(RouterStatus status) {
    boolean any = status.rules().stream().anyMatch(rule -> rule.packets() != 0);
    if (any) {
      section(paint.yellowBold("firewall"), "");
      status.rules().stream()
          .filter(rule -> rule.packets() != 0)
          .forEach(
              rule ->
                  field(
                      1,
                      rule.sentence(),
                      rule.packets()
                          + (rule.packets() == 1 ? " packet, " : " packets, ")
                          + units.bytes(rule.bytes())));
    }
  }

  private void routes(RouterStatus status) {
    if (!status.routesToTell().isEmpty()) {
      section(paint.yellowBold("routes to enter in the shop's router"), "");
      status.routesToTell().forEach(route -> row("", route.toString()));
    }
  }

  private void section(String title, String value) {
    text.append('\n');
    text.append(Wrapping.wrap(title + ":" + (value.isEmpty() ? "" : " "), STEP, value));
  }

  private void field(int level, String name, String value) {
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
    return seconds > 0 ? units.duration(seconds) : "a moment";
  }

  private String ago(Instant then) {
    if (then.getEpochSecond() == now.getEpochSecond()) {
      return "just now";
    }
    return units.ago(then.getEpochSecond(), now.getEpochSecond());
  }
}
