package dev.noren.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.RouterConfig;
import dev.noren.net.Cidr;
import dev.noren.text.Said;
import dev.noren.text.Sentence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RouterPlanTest {
  @TestFactory
  Stream<DynamicTest> plansAreGolden() throws Exception {
    List<RouterCases> cases = RouterCases.all();
    assertTrue(cases.size() >= 15);
    return cases.stream().map(each -> DynamicTest.dynamicTest(each.name(), () -> compare(each)));
  }

  /** To change a golden file, look at what is written under target/router and copy it over. */
  private static void compare(RouterCases each) throws Exception {
    String actual = RouterCases.text(each.plan());
    String name = each.name() + ".plan";
    Files.writeString(Files.createDirectories(Path.of("target/router")).resolve(name), actual);
    Path golden = Path.of(RouterPlanTest.class.getResource("/router").toURI()).resolve(name);
    assertEquals(Files.exists(golden) ? Files.readString(golden) : "(no such file)", actual);
  }

  @Test
  void anUnclaimedBoxBesideForwardsNothingAndServesNobody() throws Exception {
    RouterPlan plan = RouterCases.of("beside-unclaimed").plan();
    assertEquals(List.of("udhcpc-eth0"), plan.services().stream().map(ServicePlan::name).toList());
    assertTrue(plan.settings().contains(new RouterPlan.Setting("net.ipv4.ip_forward", "0")));
    assertEquals(List.of(), plan.rules());
  }

  @Test
  void aLineThatNamesNoRouterIsNoWayToTheInternet() throws Exception {
    RouterCases each = RouterCases.of("router-dhcp");
    RouterFacts facts = each.facts();
    RouterFacts.Lease lease =
        new RouterFacts.Lease(Cidr.parse("203.0.113.7/24"), null, List.of(), null, 0, null);
    RouterFacts without =
        new RouterFacts(
            facts.machineId(),
            facts.ports(),
            Map.of("eth0", lease),
            facts.chosenWan(),
            facts.sickLines(),
            facts.endpoints(),
            true);
    assertTrue(defaults(each.config(), facts) > 0);
    assertEquals(0, defaults(each.config(), without));
  }

  /** The default routes that lead out by a line. */
  private static long defaults(RouterConfig config, RouterFacts facts) {
    return RouterPlan.of(config, true, facts).routes().stream()
        .map(route -> String.join(" ", route.does()))
        .filter(route -> route.contains(" append default ") && route.contains(" dev eth0"))
        .count();
  }

  @Test
  void refusesATunnelOfAPortsName() throws Exception {
    RouterCases each = RouterCases.of("beside-split");
    RouterFacts.Port port = each.facts().ports().getFirst();
    RouterFacts facts =
        new RouterFacts(
            each.facts().machineId(),
            List.of(port, new RouterFacts.Port("hq", port.mac(), true, 1500)),
            each.facts().leases(),
            null,
            each.facts().sickLines(),
            each.facts().endpoints(),
            true);
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class, () -> RouterPlan.of(each.config(), true, facts));
    assertEquals(
        "tunnel \"hq\": this box has another interface of that name: rename the tunnel",
        thrown.getMessage());
  }

  /** Every remark that the cases lead to. */
  @Test
  void whatIsRemarkedIsSaidInJapaneseToo() throws Exception {
    Set<String> keys = new TreeSet<>();
    for (RouterCases each : RouterCases.all()) {
      for (Sentence remark : each.plan().remarks()) {
        Said.assertJapanese(remark);
        keys.add(remark.key());
      }
    }
    assertTrue(keys.size() >= 10, keys.toString());
  }

  @Test
  void noPlanTellsASecretButToTheProgramThatNeedsIt() throws Exception {
    for (RouterCases each : RouterCases.all()) {
      RouterPlan plan = each.plan();
      String told =
          plan.remarks()
              + " "
              + plan.links()
              + plan.addresses()
              + plan.routes()
              + plan.tunnels()
              + plan.layout()
              + plan.services().stream().map(ServicePlan::command).toList();
      assertFalse(told.contains("horse"), each.name());
    }
  }
}
