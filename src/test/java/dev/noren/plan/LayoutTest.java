package dev.noren.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.MacAddress;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.plan.RouterFacts.Lease;
import dev.noren.plan.RouterFacts.Port;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {
  private static final MacAddress MAC = new MacAddress("02:00:00:00:00:01");

  /** Ports, the port that answered, what the document says; then role, lines, LAN, asked. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eth0           |      | {}                                  | BESIDE eth0   -         -",
        "eth0 eth1      |      | {}                                  | ROUTER -      -        "
            + " eth0,eth1",
        "eth0 eth1      | eth1 | {}                                  | ROUTER eth1   eth0      -",
        "eth0 eth1 usb0 | eth0 | {}                                  | ROUTER eth0   eth1,usb0 -",
        "eth0           | usb0 | {}                                  | ROUTER usb0   eth0      -",
        "eth0 eth1      |      | 'role':'beside'                     | BESIDE -      -        "
            + " eth0,eth1",
        "eth0 eth1      | eth1 | 'role':'beside'                     | BESIDE eth1   -         -",
        "eth0           |      | 'role':'router'                     | ROUTER eth0   ''        -",
        "eth0           |      | 'ports':{'wan':['eth1']}            | ROUTER eth1   eth0      -",
        "eth0 eth1 eth2 |      | 'ports':{'lan':['eth2']}            | ROUTER -      eth2     "
            + " eth0,eth1",
        "eth0 eth1 eth2 | eth2 | 'ports':{'lan':['eth2']}            | ROUTER -      eth2     "
            + " eth0,eth1",
        "eth0 eth1      |      | 'ports':{'lan':['eth0']}            | ROUTER eth1   eth0      -",
        "eth0 eth1 eth2 |      | 'ports':{'wan':['eth0','eth2']}     | ROUTER eth0,eth2 eth1   -",
        "eth0 eth1      |      | 'wan':[{'method':'pppoe','user':'u','password':'p'}] | ROUTER ppp0"
            + " eth1 -",
        "eth0 eth1      | eth1 | 'wan':[{'method':'pppoe','user':'u','password':'p'}] | ROUTER ppp0"
            + " eth0 -",
        "eth0           |      | 'wan':[{'method':'pppoe','user':'u','password':'p'}] | BESIDE eth0"
            + " - -",
        "''             |      | {}                                  | BESIDE -      -         -",
      })
  void findsOutWhoIsWhat(String ports, String chosen, String document, String expected)
      throws Exception {
    Layout layout = layout(document, facts(ports, chosen, Map.of()));
    String lines = layout.lines().stream().map(Layout.Line::device).collect(joined());
    String members =
        layout.lan() == null
            ? "-"
            : layout.lan().members().isEmpty() ? "''" : String.join(",", layout.lan().members());
    String asked = layout.candidates().stream().collect(joined());
    assertEquals(
        expected.replaceAll(" +", " "),
        "%s %s %s %s".formatted(layout.role(), lines, members, asked));
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joined() {
    return Collectors.collectingAndThen(
        Collectors.joining(","), text -> text.isEmpty() ? "-" : text);
  }

  @Test
  void theOwnNetworkMovesAwayFromTheLineAndFromTunnels() throws Exception {
    Lan shop = new Lan("{}", Map.of());
    String own = shop.network();
    assertFalse(
        new Lan("{}", Map.of("eth0", lease(own))).layout.lan().address().overlaps(cidr(own)));
    Cidr wide = new Cidr(cidr(own).address(), 16).masked();
    String tunnel =
        "'tunnels':[{'name':'hq','privateKey':'yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=',"
            + "'addresses':['192.168.77.2/32'],'peers':[{'publicKey':"
            + "'xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=','allowedIps':['"
            + wide
            + "','0.0.0.0/0']}]}]";
    assertFalse(new Lan(tunnel, Map.of()).layout.lan().address().overlaps(wide));
  }

  @Test
  void aLineInTheShopsConfiguredNetworkIsNotUsed() throws Exception {
    Layout layout =
        new Lan("'lan':{'address':'10.1.2.1/24'}", Map.of("eth0", lease("10.1.2.9/16"))).layout;
    assertEquals(cidr("10.1.2.1/24"), layout.lan().address());
    assertNull(layout.lines().getFirst().lease());
    assertFalse(layout.lines().getFirst().healthy());
  }

  @Test
  void aLineIsHealthyWithACableAnAddressAndGoodChecks() throws Exception {
    Map<String, Lease> leases = Map.of("eth0", lease("192.0.2.7/24"));
    RouterFacts well = facts("eth0 eth1", "eth0", leases);
    assertTrue(layout("{}", well).lines().getFirst().healthy());
    assertFalse(layout("{}", facts("eth0 eth1", "eth0", Map.of())).lines().getFirst().healthy());
    assertFalse(layout("{}", facts("eth0- eth1", "eth0", leases)).lines().getFirst().healthy());
    RouterFacts sick =
        new RouterFacts("m", well.ports(), leases, "eth0", Set.of("eth0"), Map.of(), true);
    assertFalse(layout("{}", sick).lines().getFirst().healthy());
  }

  @Test
  void onlyARouterThatIsNobodysLeadsToItsPage() throws Exception {
    RouterConfig config = RouterJson.read("test", "{\"schema\":1}");
    RouterFacts router = facts("eth0 eth1", "eth0", Map.of("eth0", lease("192.0.2.7/24")));
    RouterFacts beside = facts("eth0", "eth0", Map.of("eth0", lease("192.168.1.7/24")));
    assertTrue(Layout.of(config, false, owned(router, false)).portal());
    assertFalse(Layout.of(config, false, owned(router, true)).portal(), "claimed at the page");
    assertFalse(Layout.of(config, true, owned(router, false)).portal(), "configured by command");
    assertFalse(Layout.of(config, false, owned(beside, false)).portal(), "beside");
  }

  private static RouterFacts owned(RouterFacts facts, boolean owned) {
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
        owned,
        null,
        Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3/8, true",
    "172.16.9.9/12, true",
    "192.168.1.7/24, true",
    "169.254.7.7/16, true",
    "172.32.0.7/24, false",
    "192.168.1.7/8, false",
    "100.64.7.7/24, false",
    "203.0.113.7/24, false",
  })
  void onTheOnlyPortThePageIsAtAnAddressOfASiteAlone(String address, boolean there)
      throws Exception {
    RouterFacts facts = facts("eth0", "eth0", Map.of("eth0", lease(address)));
    assertEquals(
        there ? List.of(cidr(address).address()) : List.of(), layout("{}", facts).pageAddresses());
  }

  @Test
  void aRouterHasThePageInItsShopWhateverTheNetwork() throws Exception {
    Lan shop = new Lan("'lan':{'address':'203.0.113.7/24'}", Map.of());
    assertEquals(
        List.of(cidr("203.0.113.7/24").address(), Layout.FIXED), shop.layout.pageAddresses());
  }

  @Test
  void aLineGoesBeforeTheFixedAddress() throws Exception {
    assertNull(fixedBeside("169.254.3.4/16"));
    assertEquals(Layout.FIXED, fixedBeside("169.254.3.4/24"));
  }

  private static IpAddress fixedBeside(String line) throws Exception {
    RouterFacts facts = facts("eth0 eth1", "eth0", Map.of("eth0", lease(line)));
    return layout("{}", facts).fixedAddress();
  }

  /** The shop's network of a router whose line is eth0. */
  private static final class Lan {
    private final Layout layout;

    Lan(String document, Map<String, Lease> leases) throws Exception {
      layout = LayoutTest.layout(document, facts("eth0 eth1", "eth0", leases));
    }

    String network() {
      return layout.lan().address().toString();
    }
  }

  private static Layout layout(String document, RouterFacts facts) throws Exception {
    String members = document.equals("{}") ? "" : "," + document.replace('\'', '"');
    RouterConfig config = RouterJson.read("test", "{\"schema\":1" + members + "}");
    return Layout.of(config, true, facts);
  }

  private static RouterFacts facts(String ports, String chosen, Map<String, Lease> leases) {
    List<Port> all =
        ports.isEmpty()
            ? List.of()
            : List.of(ports.split(" ", -1)).stream()
                .map(name -> new Port(name.replace("-", ""), MAC, !name.endsWith("-"), 1500))
                .toList();
    return new RouterFacts("machine", all, leases, chosen, Set.of(), Map.of(), true);
  }

  private static Lease lease(String address) {
    IpAddress gateway = IpAddress.v4((int) cidr(address).masked().address().low() + 254);
    return new Lease(cidr(address), gateway, List.of(), null, 0, null);
  }

  private static Cidr cidr(String text) {
    return Cidr.parse(text);
  }
}
