package dev.noren.web;

import dev.noren.access.OwnerAccess;
import dev.noren.config.Access;
import dev.noren.config.AccessRule;
import dev.noren.config.Device;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterConfig.LogConfig;
import dev.noren.config.TunnelUse.Mode;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.status.RouterStatus;
import dev.noren.status.RouterStatus.Tunnel;
import dev.noren.text.Sentence;
import java.net.InetAddress;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

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

  /** What the check-up looks at. */
  record Seen(RouterConfig config, RouterStatus status, OwnerAccess access, LocalDate today) {}

  /** All lines, in the checklist's order. */
  static List<CheckView> all(Seen seen) {
    List<CheckView> all = new ArrayList<>();
    all.add(cipher(seen.status()));
    all.add(secondFactor(seen.access()));
    all.add(signIn(seen.config()));
    all.add(leastPrivilege(seen.config()));
    all.add(devices(seen));
    all.add(logs(seen.config().log()));
    all.add(leaks(seen.status()));
    all.add(reach(seen));
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
        wide.isEmpty()
            ? Sentence.of("check.privilege-narrow", access.rules().size())
            : Sentence.of("check.privilege-wide", wide));
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

  private static CheckView leaks(RouterStatus status) {
    List<String> open =
        status.tunnels().stream()
            .filter(tunnel -> tunnel.mode() == Mode.FULL && !tunnel.killSwitch())
            .map(tunnel -> tunnel.name().text())
            .toList();
    List<String> sizes =
        status.tunnels().stream()
            .filter(Tunnel::up)
            .map(tunnel -> tunnel.name() + " " + tunnel.mtuBytes())
            .toList();
    return new CheckView(
        Sentence.of("check.leaks"),
        open.isEmpty(),
        open.isEmpty()
            ? Sentence.of("check.leaks-none", sizes.isEmpty() ? "-" : sizes)
            : Sentence.of("check.leaks-open", open));
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

  private static CheckView problems(RouterStatus status) {
    int count = status.problems().size();
    return new CheckView(
        Sentence.of("check.problems"),
        count == 0,
        count == 0 ? Sentence.of("check.problems-none") : Sentence.lines(status.problems()));
  }

  /** How a device that opens the page comes to it. */
  static Sentence self(RouterStatus status, InetAddress source) {
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
