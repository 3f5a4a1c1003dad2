package dev.noren.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.RouterTunnel;
import dev.noren.net.IpAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TransitionTest {
  private static final int ROUNDS = 3000;

  @Test
  void deedsLeadFromAnyPlanToAnyOtherAndBack() throws Exception {
    long seed = new Random().nextLong();
    RandomPlans plans = new RandomPlans(new Random(seed));
    RouterPlan before = RouterPlan.STOPPED;
    for (int i = 0; i < ROUNDS; i++) {
      RouterPlan after = i % 50 == 49 ? RouterPlan.STOPPED : plans.next();
      try {
        check(before, after);
      } catch (AssertionError e) {
        throw new AssertionError(
            "seed " + seed + ", round " + i + ", from\n" + before + "\nto\n" + after, e);
      }
      before = after;
    }
  }

  private static void check(RouterPlan before, RouterPlan after) {
    Set<String> gone = new HashSet<>(after.devices().isEmpty() ? Set.of() : before.devices());
    gone.removeAll(after.devices());
    ModelMachine machine = new ModelMachine(before, gone, before, after);
    List<Deed> deeds = before.deedsTo(after);
    for (Deed deed : deeds) {
      machine.apply(deed);
      everyMarkFindsItsTable(machine, before, after);
    }
    machine.assertSame(new ModelMachine(after, Set.of(), before, after));
    for (Deed deed : deeds.reversed()) {
      machine.apply(deed.inverse());
    }
    machine.assertSame(new ModelMachine(before, gone, before, after));
    assertEquals(List.of(), after.deedsTo(after));
  }

  /** What was so before and is so after is so all the time. */
  private static void everyMarkFindsItsTable(
      ModelMachine machine, RouterPlan before, RouterPlan after) {
    for (Deed.Command rule : before.rules()) {
      if (after.rules().contains(rule)) {
        String family = rule.does().get(1);
        String table = rule.does().get(rule.does().indexOf("lookup") + 1);
        assertTrue(machine.has(rule), rule::toString);
        boolean both = Stream.of(before, after).allMatch(plan -> hasRoutes(plan, family, table));
        assertTrue(!both || machine.hasRoutes(family, table), () -> "table " + table);
      }
    }
  }

  private static boolean hasRoutes(RouterPlan plan, String family, String table) {
    return plan.routes().stream()
        .anyMatch(
            route ->
                route.does().contains(family) && route.does().containsAll(List.of("table", table)));
  }

  @Test
  void theFirewallIsAlwaysFirst() throws Exception {
    RouterPlan plan = RouterCases.of("router-dhcp").plan();
    assertInstanceOf(Deed.Firewall.class, RouterPlan.STOPPED.deedsTo(plan).getFirst());
    assertInstanceOf(Deed.Firewall.class, plan.deedsTo(RouterPlan.STOPPED).getFirst());
  }

  @Test
  void aTunnelWhoseFarEndMovedChangesAndKeepsAllThatIsOnIt() throws Exception {
    RouterCases each = RouterCases.of("ipv6-delegated");
    RouterFacts facts = each.facts();
    RouterFacts moved =
        new RouterFacts(
            facts.machineId(),
            facts.ports(),
            facts.leases(),
            facts.chosenWan(),
            facts.sickLines(),
            Map.of("vpn.example", List.of(IpAddress.parse("198.51.100.77"))),
            true);
    RouterPlan before = each.plan();
    RouterPlan after = RouterPlan.of(each.config(), true, moved);
    assertEquals(
        List.of(new Deed.Tunnel(before.tunnels().getFirst(), after.tunnels().getFirst())),
        before.deedsTo(after));
  }

  @Test
  void tunnelsThatSwapTheirPortsNeverHaveTheSame() throws Exception {
    RouterCases each = RouterCases.of("two-tunnels");
    List<RouterTunnel> tunnels = each.config().tunnels();
    RouterPlan before = withPorts(each, tunnels, 1001, 1002);
    RouterPlan after = withPorts(each, tunnels, 1002, 1001);
    check(before, after);
    for (List<Deed> way : List.of(before.deedsTo(after), inverse(before.deedsTo(after)))) {
      Map<String, Integer> ports = new HashMap<>();
      for (Deed deed : way) {
        if (deed instanceof Deed.Tunnel tunnel) {
          ports.putIfAbsent(tunnel.before().device(), tunnel.before().config().listenPort());
        }
      }
      for (Deed deed : way) {
        if (deed instanceof Deed.Tunnel tunnel) {
          int port = tunnel.after().config().listenPort();
          ports.put(tunnel.after().device(), port);
          assertTrue(port == 0 || Collections.frequency(ports.values(), port) == 1, way::toString);
        }
      }
      assertEquals(Set.of(1001, 1002), new HashSet<>(ports.values()));
    }
  }

  private static List<Deed> inverse(List<Deed> deeds) {
    return deeds.reversed().stream().map(Deed::inverse).toList();
  }

  private static RouterPlan withPorts(
      RouterCases each, List<RouterTunnel> tunnels, int first, int second) {
    return RouterPlan.of(
        each.config()
            .withTunnels(
                List.of(
                    tunnels.getFirst().withListenPort(first),
                    tunnels.getLast().withListenPort(second))),
        true,
        each.facts());
  }

  /** By its route, with one metric for each size, the new one before the old one goes. */
  @Test
  void aTunnelThatCarriesLessThanItsLineGetsSmallerPackets() throws Exception {
    RouterCases each = RouterCases.of("two-tunnels");
    String tunnel = "hq";
    RouterPlan narrow = RouterPlan.of(each.config(), true, passing(each, Map.of(tunnel, 1240)));
    RouterPlan narrower = RouterPlan.of(each.config(), true, passing(each, Map.of(tunnel, 1200)));
    RouterPlan wider = RouterPlan.of(each.config(), true, passing(each, Map.of(tunnel, 9000)));
    assertEquals(each.plan(), wider);
    String way = " default dev hq table 26097";
    assertEquals(
        List.of(
            "ip -4 route append" + way + " mtu 1240 metric 2265",
            "ip -6 route append" + way + " mtu 1240 metric 2265",
            "ip -6 route del" + way,
            "ip -4 route del" + way),
        commands(each.plan(), narrow));
    assertEquals(
        List.of(
            "ip -4 route append" + way + " mtu 1200 metric 2225",
            "ip -6 route append" + way + " mtu 1200 metric 2225",
            "ip -6 route del" + way + " mtu 1240 metric 2265",
            "ip -4 route del" + way + " mtu 1240 metric 2265"),
        commands(narrow, narrower));
    assertTrue(narrow.firewall().contains("maxseg size set 1200"), narrow.firewall());
    assertEquals(
        List.of(new Deed.Tunnel(each.plan().tunnels().getFirst(), narrow.tunnels().getFirst())),
        each.plan().deedsTo(narrow).stream().filter(deed -> deed instanceof Deed.Tunnel).toList());
    check(each.plan(), narrow);
    check(narrow, narrower);
    check(narrow, each.plan());
  }

  private static RouterFacts passing(RouterCases each, Map<String, Integer> passing) {
    RouterFacts facts = each.facts();
    return new RouterFacts(
        facts.machineId(),
        facts.ports(),
        facts.leases(),
        facts.chosenWan(),
        facts.sickLines(),
        facts.endpoints(),
        facts.ipv6(),
        facts.chosenLan(),
        facts.numbers(),
        facts.today(),
        facts.owned(),
        facts.visit(),
        passing);
  }

  private static List<String> commands(RouterPlan before, RouterPlan after) {
    return before.deedsTo(after).stream()
        .filter(deed -> deed instanceof Deed.Command)
        .map(deed -> String.join(" ", ((Deed.Command) deed).does()))
        .toList();
  }

  @Test
  void aLineThatFallsSickOnlyChangesItsMetric() throws Exception {
    RouterCases each = RouterCases.of("router-dhcp");
    RouterFacts facts = each.facts();
    RouterFacts sick =
        new RouterFacts(
            facts.machineId(),
            facts.ports(),
            facts.leases(),
            facts.chosenWan(),
            Set.of("eth0"),
            facts.endpoints(),
            true);
    List<String> told = commands(each.plan(), RouterPlan.of(each.config(), true, sick));
    assertEquals(
        List.of(
            "ip -4 route append default via 203.0.113.1 dev eth0 metric 1000",
            "ip -4 route del default via 203.0.113.1 dev eth0 metric 100"),
        told);
  }
}
