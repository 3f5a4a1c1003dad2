package dev.noren.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import dev.noren.net.IpAddress;
import dev.noren.plan.RouterFacts.Lease;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TunnelMtuTest {
  /** Ethernet, PPPoE, LTE and tunnels of a provider's, NTT's PPPoE, and the least with IPv6. */
  @ParameterizedTest
  @CsvSource({
    "1500, false, false, 1440",
    "1500, true,  false, 1420",
    "1500, false, true,  1440",
    "1500, true,  true,  1420",
    "1492, false, false, 1432",
    "1492, true,  false, 1412",
    "1460, false, false, 1400",
    "1460, true,  false, 1380",
    "1454, false, false, 1394",
    "1454, true,  false, 1374",
    "1280, false, false, 1220",
    "1280, true,  false, 1200",
    "1280, false, true,  1280",
    "1280, true,  true,  1280",
    "1340, false, true,  1280",
    "1359, true,  true,  1280",
    "1361, true,  true,  1281",
    "9000, true,  true,  8920",
  })
  void followsFromTheLine(int line, boolean overIpv6, boolean carriesIpv6, int mtu) {
    assertEquals(mtu, TunnelMtu.of(line, overIpv6, carriesIpv6));
  }

  /** What a lease asks for counts where it is possible: not above the port's, nor below 576. */
  @ParameterizedTest
  @CsvSource({"0, 1440", "1454, 1394", "575, 1440", "576, 516", "9000, 1440"})
  void aLeaseMayAskForLess(int asked, int mtu) throws Exception {
    RouterCases each = RouterCases.of("beside-split");
    Lease lease = each.facts().leases().get("eth0");
    Lease other =
        new Lease(lease.address(), lease.gateway(), lease.dns(), null, asked, lease.delegated());
    assertEquals(mtu, mtu(each.config(), facts(each, other, "198.51.100.9", true)));
  }

  @ParameterizedTest
  @CsvSource({
    "198.51.100.9,            true,  1440",
    "2001:db8::9,             true,  1420",
    "198.51.100.9 2001:db8::9, true,  1420",
    "198.51.100.9 2001:db8::9, false, 1440",
    "'',                      true,  1420",
    "'',                      false, 1440",
  })
  void theFarEndsAddressesSayWhatItRunsOver(String known, boolean ipv6, int mtu) throws Exception {
    RouterCases each = RouterCases.of("beside-split");
    Lease lease = each.facts().leases().get("eth0");
    assertEquals(mtu, mtu(each.config(), facts(each, lease, known, ipv6)));
  }

  @Test
  void theConfiguredOneWins() throws Exception {
    RouterCases each = RouterCases.of("beside-split");
    String document = RouterJson.write(each.config()).replace("\"mtu\": null", "\"mtu\": 1300");
    RouterConfig config = RouterJson.read("test", document);
    assertEquals(1300, mtu(config, each.facts()));
  }

  @Test
  void aTunnelKeepsItsMtuWhenItChangesToAnotherLine() throws Exception {
    RouterCases each = RouterCases.of("two-lines");
    RouterFacts facts = each.facts();
    for (Set<String> sick : List.of(Set.<String>of(), Set.of("eth0"), Set.of("eth2"))) {
      RouterFacts other =
          new RouterFacts(
              facts.machineId(), facts.ports(), facts.leases(), null, sick, Map.of(), true);
      assertEquals(1428 - 60, mtu(each.config(), other));
    }
  }

  private static int mtu(RouterConfig config, RouterFacts facts) {
    return RouterPlan.of(config, true, facts).tunnels().getFirst().mtuBytes();
  }

  private static RouterFacts facts(RouterCases each, Lease lease, String known, boolean ipv6) {
    List<IpAddress> addresses =
        known.isEmpty()
            ? List.of()
            : List.of(known.split(" ", -1)).stream().map(IpAddress::parse).toList();
    return new RouterFacts(
        each.facts().machineId(),
        each.facts().ports(),
        Map.of("eth0", lease),
        null,
        Set.of(),
        Map.of("vpn.example", addresses),
        ipv6);
  }
}
