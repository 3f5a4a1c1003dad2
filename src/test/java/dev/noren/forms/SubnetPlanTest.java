package dev.noren.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.RouterJson;
import dev.noren.net.Cidr;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubnetPlanTest {
  private static SubnetPlan plan(String whole, String... taken) {
    return new SubnetPlan(Cidr.parse(whole), List.of(taken).stream().map(Cidr::parse).toList());
  }

  @Test
  void theFirstFreeOneIsAllotted() {
    assertEquals(Cidr.parse("10.64.0.0/24"), plan("10.64.0.0/10").free(24));
    assertEquals(
        Cidr.parse("10.64.2.0/24"), plan("10.64.0.0/10", "10.64.0.0/24", "10.64.1.7/32").free(24));
    assertEquals(
        Cidr.parse("10.65.0.0/24"), plan("10.64.0.0/10", "10.64.0.9/32", "10.64.0.0/16").free(24));
    assertEquals(Cidr.parse("10.64.0.0/16"), plan("10.64.0.0/10", "10.9.0.0/16").free(16));
  }

  @Test
  void nothingIsAllottedTwice() {
    SubnetPlan plan = plan("10.64.0.0/22", "10.64.1.0/24");
    Set<Cidr> seen = new HashSet<>();
    for (Cidr free = plan.free(24); free != null; free = plan.free(24)) {
      assertTrue(seen.add(free));
      plan = plan.with(free);
    }
    assertEquals(3, seen.size());
  }

  @Test
  void aFullPlanIsNoPlan() {
    assertNull(plan("10.64.0.0/10", "10.0.0.0/8").free(24));
    assertNull(plan("10.64.0.0/10", "0.0.0.0/1").free(32, "box"));
    assertNull(plan("10.64.0.0/24").free(16));
  }

  @Test
  void aSearchThatBeginsAnywhereMeetsTheOnlyFreeOne() {
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      assertEquals(
          Cidr.parse("10.64.9.0/24"),
          plan(
                  "10.64.0.0/20",
                  "10.64.0.0/21",
                  "10.64.8.0/24",
                  "10.64.10.0/23",
                  "10.64.12.0/22",
                  "10.64.10.128/25")
              .free(24, "seed " + random.nextInt()));
    }
  }

  @Test
  void routersThatDoNotKnowEachOtherSeldomChooseTheSame() {
    SubnetPlan plan = plan("10.64.0.0/10");
    assertEquals(plan.free(24, "one"), plan.free(24, "one"));
    assertNotEquals(plan.free(24, "one"), plan.free(24, "two"));
  }

  @Test
  void whatADocumentNamesIsTaken() throws Exception {
    SubnetPlan plan =
        SubnetPlan.of(
            RouterJson.read(
                "test",
                """
                {"schema": 1, "lan": {"address": "10.64.0.1/24"},
                 "wan": [{"port": "eth0", "method": "static", "address": "10.64.1.2/24", "gateway": "10.64.1.1"}],
                 "tunnels": [{"name": "hq", "addresses": ["10.64.2.1/32"],
                   "privateKey": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEA=",
                   "peers": [], "use": {"exceptSubnets": ["10.64.3.0/24"]}}],
                 "forms": [{"kind": "site", "name": "shops", "seenAs": "10.64.5.0/24",
                   "privateKey": "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEA=",
                   "addresses": ["10.64.4.1/24"],
                   "shops": [{"name": "Ueno", "subnets": ["192.168.1.0/24"],
                     "publicKey": "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08=",
                     "seenAs": ["10.64.6.0/24"], "address": "10.64.7.9"}]}],
                 "access": {"rules": [
                   {"name": "till", "from": ["form:shops"], "to": ["10.64.8.0/24"]}]}}
                """),
            Cidr.parse("10.64.9.1/24"));
    assertEquals(Cidr.parse("10.64.10.0/24"), plan.free(24));
    assertEquals(
        List.of(Cidr.parse("10.64.10.0/24"), Cidr.parse("10.64.12.0/23")),
        plan.seenAs(List.of(Cidr.parse("192.168.1.0/24"), Cidr.parse("172.16.2.0/23"))));
    assertThrows(
        IllegalArgumentException.class, () -> plan.seenAs(List.of(Cidr.parse("10.0.0.0/9"))));
  }
}
