package dev.noren.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A device is let in until its last day, by the tunnel and by the firewall. */
class DeviceDayTest {
  private static final LocalDate LAST_DAY = LocalDate.of(2027, 3, 31);
  private static final String ADDRESS = "10.8.0.2";

  private static RouterPlan plan(LocalDate today) throws Exception {
    RouterConfig config =
        RouterJson.read(
            "day",
            """
            {"schema": 1, "role": "router", "lan": {"address": "10.23.45.1/24"},
             "forms": [{"kind": "remote", "name": "staff", "listenPort": 51820,
               "privateKey": "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=",
               "addresses": ["10.8.0.1/24"],
               "devices": [{"name": "phone", "addresses": ["10.8.0.2"], "expires": "2027-03-31",
                 "publicKey": "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg="}]}],
             "access": {"rules": [
               {"name": "till", "from": ["device:phone"], "to": ["10.23.45.10"]}]}}
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
            today));
  }

  @Test
  void theDayAfterItsLastItIsOut() throws Exception {
    RouterPlan last = plan(LAST_DAY);
    assertEquals(1, last.tunnels().getFirst().config().peers().size());
    assertTrue(last.firewall().contains(ADDRESS + " : goto "), last.firewall());
    RouterPlan after = plan(LAST_DAY.plusDays(1));
    assertEquals(List.of(), after.tunnels().getFirst().config().peers());
    assertFalse(after.firewall().contains(ADDRESS + " : "), after.firewall());
    List<Deed> deeds = last.deedsTo(after);
    assertTrue(deeds.stream().anyMatch(Deed.Firewall.class::isInstance), deeds.toString());
    assertTrue(deeds.stream().anyMatch(Deed.Tunnel.class::isInstance), deeds.toString());
    assertEquals(2, deeds.size(), "nothing else is touched: " + deeds);
    assertEquals(List.of(), after.deedsTo(plan(LAST_DAY.plusDays(2))), "nor on the next day");
  }
}
