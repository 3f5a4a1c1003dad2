package dev.noren.web;

import dev.noren.access.OwnerAccess;
import dev.noren.config.Access;
import dev.noren.config.AccessRule;
import dev.noren.config.Device;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterConfig.LogConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.config.TunnelUse.Mode;
import dev.noren.control.NewsDesk.Doing;
import dev.noren.control.NewsDesk.News;
import dev.noren.doctor.LeakChecks;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.status.RouterStatus;
import dev.noren.status.RouterStatus.Tunnel;
import dev.noren.text.Sentence;
import java.net.InetAddress;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One line of the check-up.
 *
 * @param title what is looked at
 * @param good whether it is as it should be; else something is to be done
 * @param evidence what was seen
 */
record CheckView(Sentence title, boolean good, Sentence evidence) {
  /** Three months: what a quarterly check looks back on. */
  private static final int FEWEST_LOG_DAYS = 90;

  private static final int OLDEST_BACKUP_DAYS = 90;

  /** Problems of what goes past a tunnel, or does not fit into it. */
  private static final Set<String> NOT_TIGHT =
      Set.of("remark.mtu", "remark.mtu-least", "remark.by-gateway");

  private static final Set<String> NO_NAMES =
      Set.of("remark.names-not-reached", "remark.names-not-answered");

  /**
   * What the check-up looks at.
   *
   * @param version which version runs, or "" for none that was built
   * @param news what is known of newer versions
   * @param backup when somebody took a backup last, or null
   */
  record Seen(
      RouterConfig config,
      RouterStatus status,
      OwnerAccess access,
      LocalDate today,
      String version,
      News news,
      Instant backup) {}

  /** All lines, in the checklist's order. */
  static List<CheckView> all(Seen seen) {
    List<CheckView> all = new ArrayList<>();
    all.add(cipher(seen.status()));
    all.add(secondFactor(seen.access()));
    all.add(signIn(seen.config()));
    all.add(leastPrivilege(seen.config()));
    all.add(devices(seen));
    all.add(logs(seen.config().log()));
    all.add(updates(seen.version(), seen.news()));
    all.add(leaks(seen));
    all.add(names(seen));
    all.add(reach(seen));
    all.add(backup(seen));
    all.add(problems(seen.status()));
    return all;
  }

  private static CheckView cipher(RouterStatus status) {
    return new CheckView(
        Sentence.of("check.cipher"),
        true,
        Sentence.of("check.cipher-seen", status.tunnels().size()));
  }

  private static CheckView secondFactor(OwnerAccess access) {
    boolean on = access.hasSecondFactor();
    return new CheckView(
        Sentence.of("check.factor"), on, Sentence.of(on ? "check.factor-on" : "check.factor-off"));
  }

  /** Who comes from outside with nothing but a device may be whoever found it. */
  private static CheckView signIn(RouterConfig config) {
    List<String> without =
        config.forms().stream()
            .flatMap(form -> form.devices().stream())
            .filter(device -> !device.lost() && !device.iot() && !signsIn(config, device))
            .map(Device::name)
            .toList();
    return new CheckView(
        Sentence.of("check.sign-in"),
        without.isEmpty(),
        without.isEmpty()
            ? Sentence.of("check.sign-in-all")
            : Sentence.of("check.sign-in-without", without));
  }

  private static boolean signsIn(RouterConfig config, Device device) {
    List<String> groups =
        config.access().people().stream()
            .filter(person -> person.name().equals(device.person()))
            .flatMap(person -> person.groups().stream())
            .toList();
    return config.access().groups().stream()
        .anyMatch(group -> group.signIn() && groups.contains(group.name()));
  }

  private static CheckView leastPrivilege(RouterConfig config) {
    Access access = config.access();
    List<String> wide =
        access.rules().stream()
            .filter(rule -> rule.services().isEmpty() && reachesNetworks(rule))
            .map(AccessRule::name)
            .toList();
    return new CheckView(
        Sentence.of("check.privilege"),
        wide.isEmpty(),
        wide.isEmpty() ? narrow(access.rules().size()) : Sentence.of("check.privilege-wide", wide));
  }

  private static Sentence narrow(int rules) {
    return rules == 0
        ? Sentence.of("check.privilege-none")
        : Sentence.of("check.privilege-narrow", rules);
  }

  private static boolean reachesNetworks(AccessRule rule) {
    return rule.subnets().stream().anyMatch(each -> !isHost(each));
  }

  private static boolean isHost(Cidr cidr) {
    return cidr.prefixLength() == (cidr.address().v6() ? 128 : 32);
  }

  private static CheckView devices(Seen seen) {
    List<String> over =
        seen.config().forms().stream()
            .flatMap(form -> form.devices().stream())
            .filter(device -> !device.lost() && !device.isLetIn(seen.today()))
            .map(Device::name)
            .toList();
    return new CheckView(
        Sentence.of("check.devices"),
        over.isEmpty(),
        over.isEmpty()
            ? Sentence.of("check.devices-good")
            : Sentence.of("check.devices-over", over));
  }

  private static CheckView logs(LogConfig log) {
    boolean good = log.keepDays() >= FEWEST_LOG_DAYS;
    return new CheckView(
        Sentence.of("check.logs"),
        good,
        log.syslog() == null
            ? Sentence.of("check.logs-here", log.keepDays())
            : Sentence.of("check.logs-copied", log.keepDays(), log.syslog()));
  }

  /** Where the box can't look for a newer version, somebody has to ask for it. */
  private static CheckView updates(String version, News news) {
    Sentence title = Sentence.of("check.updates");
    if (version.isEmpty()) {
      return new CheckView(title, false, Sentence.of("check.updates-none"));
    }
    if (news.doing() == Doing.OFF) {
      return new CheckView(title, false, Sentence.of("check.updates-runs", version));
    }
    if (news.version() != null) {
      Sentence newer = Sentence.of("check.updates-newer", version, news.version());
      return new CheckView(title, false, newer);
    }
    if (news.failure() != null || news.looked() == null) {
      Sentence why = news.failure() == null ? news.says() : news.failure();
      return new CheckView(title, false, Sentence.of("check.updates-unknown", version, why));
    }
    LocalDate day = LocalDate.ofInstant(news.looked(), ZoneId.systemDefault());
    return new CheckView(title, true, Sentence.of("check.updates-newest", version, day));
  }

  /** For whom each tunnel keeps its word while it is down, and whether packets fit. */
  private static CheckView leaks(Seen seen) {
    List<String> open =
        seen.status().tunnels().stream()
            .filter(tunnel -> !tunnel.killSwitch() && carries(seen.config(), tunnel))
            .map(tunnel -> tunnel.name().text())
            .toList();
    if (!open.isEmpty()) {
      return new CheckView(
          Sentence.of("check.leaks"), false, Sentence.of("check.leaks-open", open));
    }
    List<Sentence> wrong =
        seen.status().problems().stream().filter(each -> each.isOneOf(NOT_TIGHT)).toList();
    List<Sentence> kept = LeakChecks.kept(seen.status());
    return new CheckView(
        Sentence.of("check.leaks"),
        wrong.isEmpty(),
        kept.isEmpty() && wrong.isEmpty()
            ? Sentence.of("check.leaks-nothing")
            : Sentence.lines(Stream.concat(wrong.stream(), kept.stream()).toList()));
  }

  /** Whether anything of the clients' would take this tunnel. */
  private static boolean carries(RouterConfig config, Tunnel tunnel) {
    RouterTunnel own = config.tunnel(tunnel.name());
    return tunnel.mode() == Mode.FULL
        || (own != null
            && !(own.use().devices().isEmpty()
                && own.use().subnets().isEmpty()
                && own.use().domains().isEmpty()));
  }

  /** Who answers what devices ask for names. */
  private static CheckView names(Seen seen) {
    List<Sentence> wrong =
        seen.status().problems().stream().filter(each -> each.isOneOf(NO_NAMES)).toList();
    return new CheckView(
        Sentence.of("check.names"),
        wrong.isEmpty(),
        wrong.isEmpty()
            ? asked(seen)
            : Sentence.lines(Stream.concat(wrong.stream(), Stream.of(asked(seen))).toList()));
  }

  private static Sentence asked(Seen seen) {
    return LeakChecks.asked(seen.config().dns().upstream(), seen.status());
  }

  /** What nobody has shown is said to be unknown. */
  private static CheckView reach(Seen seen) {
    List<ReachView> all = ReachView.all(seen.config(), seen.status());
    return new CheckView(
        Sentence.of("check.reach"),
        all.stream().allMatch(ReachView::proved),
        all.isEmpty()
            ? Sentence.of("check.reach-none")
            : Sentence.lines(
                all.stream()
                    .map(each -> Sentence.of("check.reach-of", each.form(), each.says()))
                    .toList()));
  }

  /** A box that breaks is put in another's place by a backup that is not too old. */
  private static CheckView backup(Seen seen) {
    if (seen.backup() == null) {
      return new CheckView(Sentence.of("check.backup"), false, Sentence.of("check.backup-never"));
    }
    LocalDate day = LocalDate.ofInstant(seen.backup(), ZoneId.systemDefault());
    boolean fresh = !day.plusDays(OLDEST_BACKUP_DAYS).isBefore(seen.today());
    return new CheckView(
        Sentence.of("check.backup"),
        fresh,
        Sentence.of(fresh ? "check.backup-at" : "check.backup-old", day));
  }

  private static CheckView problems(RouterStatus status) {
    List<Sentence> problems = HomeView.problems(status);
    return new CheckView(
        Sentence.of("check.problems"),
        problems.isEmpty(),
        problems.isEmpty() ? Sentence.of("check.problems-none") : Sentence.lines(problems));
  }

  /** How a device that opens the page comes to it, and how it goes to the internet. */
  static List<Sentence> self(Seen seen, InetAddress source) {
    List<Sentence> said = new ArrayList<>();
    said.add(way(seen.status(), source));
    for (Tunnel tunnel : seen.status().tunnels()) {
      if (tunnel.mode() == Mode.FULL) {
        said.add(
            tunnel.promisedFor() == null
                ? Sentence.of("check.self-full-open", tunnel.name())
                : Sentence.of("check.self-full", tunnel.name(), tunnel.promisedFor()));
      }
    }
    said.add(Sentence.of("check.self-names", asked(seen)));
    boolean v6 = seen.status().lan() != null && seen.status().lan().address6() != null;
    said.add(Sentence.of(v6 ? "check.self-has-6" : "check.self-no-6"));
    return said;
  }

  private static Sentence way(RouterStatus status, InetAddress source) {
    byte[] bytes = source.getAddress();
    IpAddress address = IpAddress.of(bytes, 0, bytes.length);
    for (Tunnel tunnel : status.tunnels()) {
      if (tunnel.addresses().stream().anyMatch(own -> own.masked().contains(address))) {
        return Sentence.of("check.self-tunnel", address, tunnel.name());
      }
    }
    return Sentence.of(address.v6() ? "check.self-lan-6" : "check.self-lan", address);
  }
}
