package dev.noren.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A machine that deeds are done to, as strict as the kernel: nothing is added or taken twice. */
final class ModelMachine {
  private final Set<List<String>> commands = new HashSet<>();
  private final Map<List<String>, List<String>> undoes = new HashMap<>();
  private final Map<String, String> settings = new HashMap<>();
  private final Map<String, TunnelPlan> tunnels = new HashMap<>();
  private final Map<String, ServicePlan> services = new HashMap<>();
  private String firewall;

  /** One on which a plan stands, but for what was on interfaces that are gone. */
  ModelMachine(RouterPlan plan, Set<String> gone, RouterPlan... known) {
    for (RouterPlan each : known) {
      commands(each).forEach(command -> undoes.put(command.undoes(), command.does()));
    }
    commands(plan)
        .filter(command -> !gone.contains(Transition.device(command)))
        .forEach(command -> commands.add(command.does()));
    plan.settings().forEach(setting -> settings.put(setting.key(), setting.value()));
    plan.tunnels().forEach(tunnel -> tunnels.put(tunnel.device(), tunnel));
    plan.services().forEach(service -> services.put(service.name(), service));
    firewall = plan.firewall();
  }

  /** The commands of a plan that can be taken back; the others leave nothing to compare. */
  static Stream<Deed.Command> commands(RouterPlan plan) {
    return Stream.of(plan.links(), plan.addresses(), plan.routes(), plan.rules())
        .flatMap(List::stream)
        .filter(command -> !command.undoes().isEmpty());
  }

  void apply(Deed deed) {
    switch (deed) {
      case Deed.Command command -> apply(command.does());
      case Deed.Firewall text -> {
        assertEquals(firewall, text.before());
        firewall = text.after();
      }
      case Deed.Setting setting -> {
        if (setting.after() != null) {
          settings.put(setting.key(), setting.after());
        }
      }
      case Deed.Tunnel tunnel -> {
        String name = (tunnel.before() == null ? tunnel.after() : tunnel.before()).device();
        assertEquals(tunnel.before(), tunnels.get(name));
        if (tunnel.after() == null) {
          tunnels.remove(name);
          assertTrue(on(name).isEmpty(), () -> "still on " + name + ": " + on(name));
        } else {
          tunnels.put(name, tunnel.after());
        }
      }
      case Deed.Service service -> {
        String name = (service.before() == null ? service.after() : service.before()).name();
        assertEquals(service.before(), services.get(name));
        services.remove(name);
        if (service.after() != null) {
          services.put(name, service.after());
        }
      }
    }
  }

  private void apply(List<String> words) {
    if (words.isEmpty()) {
      return;
    }
    if (undoes.containsKey(words)) {
      List<String> done = undoes.get(words);
      assertTrue(commands.remove(done), () -> words + " finds nothing to take back");
      assertFalse(takesRoutesAlong(done), () -> words + " takes routes along");
    } else if (undoes.containsValue(words)) {
      assertFalse(hasAddress(words), () -> words + " adds an address that is there");
      assertTrue(commands.add(words), () -> words + " was done already");
    }
  }

  private boolean hasAddress(List<String> words) {
    return words.get(2).equals("address")
        && words.contains("-6")
        && on(device(words)).stream()
            .filter(other -> other.get(2).equals("address"))
            .anyMatch(other -> bare(other).equals(bare(words)));
  }

  /** As an interface's last IPv4 address does. */
  private boolean takesRoutesAlong(List<String> words) {
    List<List<String>> rest =
        words.get(2).equals("address") && words.contains("-4") ? on(device(words)) : List.of();
    return rest.stream().anyMatch(other -> other.containsAll(List.of("-4", "route")))
        && rest.stream().noneMatch(other -> other.containsAll(List.of("-4", "address")));
  }

  private static String bare(List<String> words) {
    return words.get(4).split("/", -1)[0];
  }

  private static String device(List<String> words) {
    return words.get(words.indexOf("dev") + 1);
  }

  private List<List<String>> on(String device) {
    return commands.stream()
        .filter(words -> words.contains("dev") && device(words).equals(device))
        .toList();
  }

  /** Whether a command that belongs to this list is done. */
  boolean has(Deed.Command command) {
    return commands.contains(command.does());
  }

  /** Whether a routing table of this number and family has any route. */
  boolean hasRoutes(String family, String table) {
    return commands.stream()
        .anyMatch(
            words ->
                words.contains("route")
                    && words.contains(family)
                    && words.containsAll(List.of("table", table)));
  }

  /** Fails unless this is the same machine; settings that only one of them has are left out. */
  void assertSame(ModelMachine other) {
    assertEquals(other.commands, commands);
    assertEquals(other.tunnels, tunnels);
    assertEquals(other.services, services);
    assertEquals(other.firewall, firewall);
    other.settings.forEach((key, value) -> assertEquals(value, settings.get(key), key));
  }
}
