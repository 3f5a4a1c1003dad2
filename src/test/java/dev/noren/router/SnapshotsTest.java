package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.noren.config.RouterConfig;
import dev.noren.config.RouterConfig.Role;
import dev.noren.config.RouterJson;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.plan.Layout;
import dev.noren.plan.Layout.Lan;
import dev.noren.text.Sentence;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** For which traffic the kill switch is promised: what passes the box, and nothing else. */
class SnapshotsTest {
  private static final String FULL = "{\"mode\": \"full\"}";
  private static final String SPLIT = "{\"domains\": [\"shop.example\"]}";
  private static final IpAddress FIRST = IpAddress.parse("192.168.1.100");

  private static String promised(Layout layout, String use, boolean killSwitch) throws Exception {
    RouterConfig config =
        RouterJson.read(
            "x",
            """
            {"schema": 1, "tunnels": [{"name": "hq", "addresses": ["10.9.0.2/32"],
              "privateKey": "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=", "peers": [
              {"publicKey": "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=",
               "allowedIps": ["0.0.0.0/0", "::/0"]}],
              "use": %s, "killSwitch": %s}]}
            """
                .formatted(use, killSwitch));
    Sentence promised =
        Snapshots.tunnels(
                config.tunnels(),
                List.of(),
                Map.of(),
                layout,
                List.of(),
                new Reachability(Path.of("none")),
                0)
            .getFirst()
            .promisedFor();
    return promised == null ? null : promised.toString();
  }

  private static Layout beside(IpAddress dhcpFrom) {
    Lan lan = new Lan("eth0", List.of(), Cidr.parse("192.168.1.2/24"), null, dhcpFrom, dhcpFrom);
    return new Layout(Role.BESIDE, true, List.of(), lan, List.of());
  }

  private static Layout without(Role role) {
    return new Layout(role, true, List.of(), null, List.of());
  }

  @Test
  void asTheRouterItIsPromisedToTheWholeShop() throws Exception {
    Layout router = without(Role.ROUTER);
    assertEquals("all traffic of the shop's network", promised(router, FULL, true));
    assertEquals("the listed traffic of the shop's network", promised(router, SPLIT, true));
    assertNull(promised(router, FULL, false));
  }

  @Test
  void exceptionsAreNotPromised() throws Exception {
    for (String except :
        List.of(
            "\"exceptDevices\": [\"02:00:00:00:00:01\"]",
            "\"exceptSubnets\": [\"198.51.100.0/24\"]",
            "\"exceptDomains\": [\"bank.example\"]")) {
      assertEquals(
          "all traffic but the exceptions of the shop's network",
          promised(without(Role.ROUTER), "{\"mode\": \"full\", " + except + "}", true));
    }
  }

  @Test
  void besideItIsPromisedToThoseWhoseTrafficPassesTheBox() throws Exception {
    assertEquals("nobody yet", promised(without(Role.BESIDE), FULL, true));
    String byGateway = " of devices that have 192.168.1.2 as their gateway, over IPv4";
    assertEquals("all traffic" + byGateway, promised(beside(null), FULL, true));
    assertEquals("the listed traffic" + byGateway, promised(beside(null), SPLIT, true));
    assertEquals(
        "the listed traffic"
            + byGateway
            + ", and what the shop's router sends here for the listed subnets",
        promised(beside(null), "{\"subnets\": [\"10.50.0.0/16\"]}", true));
    assertEquals(
        "all traffic of devices that have their address from this box, over IPv4",
        promised(beside(FIRST), FULL, true));
    assertNull(promised(beside(FIRST), FULL, false));
  }
}
