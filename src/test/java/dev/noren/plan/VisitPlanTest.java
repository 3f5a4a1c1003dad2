package dev.noren.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import dev.noren.config.TunnelName;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PublicKey;
import dev.noren.forms.Visit;
import dev.noren.net.IpAddress;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A technician opens the page through a form's tunnel, whatever rules say, and nothing else. */
class VisitPlanTest {
  private static final Visit VISIT =
      new Visit(
          new TunnelName("staff"),
          PublicKey.parseBase64("TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0="),
          PresharedKey.NONE,
          List.of(IpAddress.parse("10.8.0.254")),
          Instant.EPOCH);

  private static RouterPlan plan(Visit visit) throws Exception {
    RouterConfig config =
        RouterJson.read(
            "visit",
            """
            {"schema": 1, "role": "router", "lan": {"address": "10.23.45.1/24"},
             "forms": [{"kind": "remote", "name": "staff", "listenPort": 51820, "extent": "full",
               "privateKey": "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=",
               "addresses": ["10.8.0.1/24"],
               "devices": [{"name": "phone", "addresses": ["10.8.0.2"],
                 "publicKey": "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg="}]}],
             "access": {"rules": [
               {"name": "all", "from": ["form:staff"], "to": ["10.23.45.0/24"]}]}}
            """);
    RouterFacts facts = RouterCases.of("router-dhcp").facts();
    return RouterPlan.of(
        config,
        true,
        new RouterFacts(
            facts.machineId(),
            facts.ports(),
            facts.leases(),
            facts.chosenWan(),
            facts.sickLines(),
            facts.endpoints(),
            facts.ipv6(),
            facts.chosenLan(),
            facts.numbers(),
            LocalDate.EPOCH,
            true,
            visit,
            facts.passing()));
  }

  @Test
  void heReachesThePageAndIsNamedNowhereElse() throws Exception {
    RouterPlan with = plan(VISIT);
    assertEquals(2, with.tunnels().getFirst().config().peers().size());
    assertEquals("technician", with.tunnels().getFirst().config().peers().getLast().name());
    List<String> his =
        with.firewall()
            .lines()
            .map(String::strip)
            .filter(line -> line.contains("10.8.0.254"))
            .toList();
    assertEquals(
        List.of(
            "iifname \"staff\" ip saddr 10.8.0.254 ip daddr 10.23.45.1 tcp dport 80 add"
                + " @tunnel_page_flows4 { ip saddr ct count over 24 } counter name"
                + " refused_from_tunnel drop",
            "iifname \"staff\" ip saddr 10.8.0.254 ip daddr 10.23.45.1 tcp dport 80 accept",
            "iifname \"staff\" ip saddr 10.8.0.254 counter name refused_from_tunnel drop"),
        his);
    RouterPlan without = plan(null);
    assertEquals(1, without.tunnels().getFirst().config().peers().size());
    assertFalse(without.firewall().contains("10.8.0.254"), without.firewall());
    assertTrue(
        without.deedsTo(with).stream()
            .allMatch(deed -> deed instanceof Deed.Firewall || deed instanceof Deed.Tunnel),
        "nothing else is touched");
  }

  @Test
  void whatIsKeptOfHimReadsBack() {
    assertEquals(VISIT, Visit.parse(VISIT.text()));
    assertFalse(VISIT.toString().contains("10.8"));
  }
}
