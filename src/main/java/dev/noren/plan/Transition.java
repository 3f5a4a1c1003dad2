package dev.noren.plan;

import dev.noren.plan.Deed.Command;
import dev.noren.plan.RouterPlan.Setting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The way from one plan to the next. The firewall is first: it goes by marks and interfaces, so it
 * may stand before the ways that it guards. What is new comes before what is old goes, so that a
 * marked packet always finds its table.
 */
final class Transition {
  private static final int ADDRESS = 4;

  private final RouterPlan before;
  private final RouterPlan after;

  /** Interfaces that went by themselves, and took with them what was on them. */
  private final Set<String> gone;

  private final List<Deed> deeds = new ArrayList<>();

  /** Commands whose taking back is among the deeds already. */
  private final Set<Command> undone = new HashSet<>();

  Transition(RouterPlan before, RouterPlan after) {
    this.before = before;
    this.after = after;
    this.gone =
        after.devices().isEmpty()
            ? Set.of()
            : before.devices().stream()
                .filter(device -> !after.devices().contains(device))
                .collect(Collectors.toSet());
  }

  List<Deed> deeds() {
    if (!before.firewall().equals(after.firewall())) {
      deeds.add(new Deed.Firewall(before.firewall(), after.firewall()));
    }
    settings();
    Map<String, TunnelPlan> oldTunnels = byName(before.tunnels(), TunnelPlan::device);
    Map<String, TunnelPlan> newTunnels = byName(after.tunnels(), TunnelPlan::device);
    oldTunnels.forEach((name, tunnel) -> end(newTunnels.containsKey(name) ? null : tunnel));
    add(before.links(), after.links());
    begin(oldTunnels, newTunnels);
    addAddresses();
    add(before.routes(), after.routes());
    add(before.rules(), after.rules());
    remove(before.rules(), after.rules());
    remove(before.routes(), after.routes());
    remove(before.addresses(), after.addresses());
    remove(before.links(), after.links());
    services();
    return List.copyOf(deeds);
  }

  private void settings() {
    Map<String, Setting> old = byName(before.settings(), Setting::key);
    for (Setting setting : after.settings()) {
      Setting was = old.get(setting.key());
      if (!setting.equals(was)) {
        deeds.add(
            new Deed.Setting(setting.key(), was == null ? null : was.value(), setting.value()));
      }
    }
  }

  /** A tunnel that has another's port, and will have another one, leaves it to that one first. */
  private void begin(Map<String, TunnelPlan> oldTunnels, Map<String, TunnelPlan> newTunnels) {
    Map<String, TunnelPlan> now = new LinkedHashMap<>(oldTunnels);
    now.keySet().retainAll(newTunnels.keySet());
    newTunnels.forEach(
        (name, tunnel) -> {
          if (tunnel.equals(now.get(name))) {
            return;
          }
          int port = tunnel.config().listenPort();
          now.replaceAll(
              (other, plan) -> {
                if (port == 0 || other.equals(name) || plan.config().listenPort() != port) {
                  return plan;
                }
                TunnelPlan elsewhere = plan.withListenPort(0);
                deeds.add(new Deed.Tunnel(plan, elsewhere));
                return elsewhere;
              });
          deeds.add(new Deed.Tunnel(now.get(name), tunnel));
          now.put(name, tunnel);
        });
  }

  /** Before others begin, which may have its port; what is on the interface goes first. */
  private void end(TunnelPlan tunnel) {
    if (tunnel == null) {
      return;
    }
    for (List<Command> commands : List.of(before.routes(), before.addresses())) {
      for (Command command : commands.reversed()) {
        if (tunnel.device().equals(device(command))) {
          undo(command);
        }
      }
    }
    deeds.add(new Deed.Tunnel(tunnel, null));
  }

  private void add(List<Command> old, List<Command> wanted) {
    Set<Command> there = new HashSet<>(old);
    wanted.stream().filter(command -> !there.contains(command)).forEach(deeds::add);
  }

  /**
   * An interface has an IPv6 address only once, so another prefix length has to take its place. An
   * IPv4 address never goes before another has come, since the last one takes all routes with it.
   */
  private void addAddresses() {
    Set<Command> there = new HashSet<>(before.addresses());
    for (Command command : after.addresses()) {
      if (!there.contains(command)) {
        before.addresses().stream()
            .filter(old -> !after.addresses().contains(old) && sameAddress(old, command))
            .forEach(this::undo);
        deeds.add(command);
      }
    }
  }

  private static boolean sameAddress(Command one, Command other) {
    return one.does().contains("-6")
        && address(one).equals(address(other))
        && device(one).equals(device(other));
  }

  private static String address(Command command) {
    return command.does().get(ADDRESS).split("/", -1)[0];
  }

  private void remove(List<Command> old, List<Command> wanted) {
    Set<Command> kept = new HashSet<>(wanted);
    old.reversed().stream().filter(command -> !kept.contains(command)).forEach(this::undo);
  }

  private void undo(Command command) {
    boolean here = !gone.contains(device(command)) && !command.undoes().isEmpty();
    if (here && undone.add(command)) {
      deeds.add(command.inverse());
    }
  }

  /** The interface that a command is about, or "" where it is about none. */
  static String device(Command command) {
    int at = command.does().indexOf("dev");
    return at < 0 ? "" : command.does().get(at + 1);
  }

  /** What ends comes before what begins, since the two may want the same port. */
  private void services() {
    Map<String, ServicePlan> old = byName(before.services(), ServicePlan::name);
    Map<String, ServicePlan> wanted = byName(after.services(), ServicePlan::name);
    old.forEach(
        (name, service) -> {
          if (!wanted.containsKey(name)) {
            deeds.add(new Deed.Service(service, null));
          }
        });
    wanted.forEach(
        (name, service) -> {
          if (!service.equals(old.get(name))) {
            deeds.add(new Deed.Service(old.get(name), service));
          }
        });
  }

  private static <T> Map<String, T> byName(Collection<T> all, Function<T, String> name) {
    Map<String, T> map = new LinkedHashMap<>();
    all.forEach(each -> map.put(name.apply(each), each));
    return map;
  }
}
