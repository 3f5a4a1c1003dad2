package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.NorenRouter;
import dev.noren.street.ShopPhone;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import dev.noren.street.Wait;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The box beside the shop's router, in its three ways from the shop's devices to the far shop. */
class BesideIT {
  private ShopStreet street;
  private ShopTunnel tunnel;
  private NorenRouter router;

  @BeforeEach
  void build() {
    street = ShopStreet.beside();
    tunnel = new ShopTunnel(street);
    router = new NorenRouter(street.noren());
    street.askForAddress(street.pc());
  }

  @AfterEach
  void remove() {
    router.close();
    tunnel.close();
    street.close();
  }

  private void runWith(String document) {
    router.configure(document);
    router.start();
    router.awaitHandshake();
    Wait.until("the far shop answers the router", () -> pings("10.50.0.10"));
  }

  private boolean pings(String address) {
    return street.noren().run("ping", "-c", "1", "-W", "1", address).ok();
  }

  private String ownAddress() {
    return street
        .noren()
        .must("sh", "-c", "ip -4 -o addr show dev eth0 | sed 's|.* inet \\([0-9.]*\\)/.*|\\1|'")
        .strip();
  }

  @Test
  void anUnclaimedOneTakesAnAddressAndChangesNothingElse() {
    router.start();
    router.awaitStatus("it has an address", "\"address\": \"192.168.1.");
    assertEquals("0", street.noren().must("cat", "/proc/sys/net/ipv4/ip_forward").strip());
    assertFalse(router.status().contains("dhcpFrom\": \"192"), router.status());
    assertEquals(ShopStreet.SHOP_4, street.who(street.pc(), "shop.example").must().strip());
  }

  @Test
  void aStaticRouteOnTheShopsRouterLeadsToTheFarShop() {
    runWith(ShopTunnel.document(tunnel.split()));
    String own = ownAddress();
    assertTrue(router.noren("status").must().contains("10.50.0.0/16 via " + own));
    street.gate().ip("route add 10.50.0.0/16 via " + own);
    assertEquals("10.9.0.2", street.who(street.pc(), ShopStreet.HQ_4).must().strip());
    assertEquals(ShopStreet.SHOP_4, street.who(street.pc(), "shop.example").must().strip());
  }

  @Test
  void aSingleDeviceThatHasItAsItsGatewayReachesTheFarShopAndTheInternet() {
    runWith(ShopTunnel.document(tunnel.split()));
    street.pc().ip("route replace default via " + ownAddress());
    assertEquals("10.9.0.2", street.who(street.pc(), ShopStreet.HQ_4).must().strip());
    assertEquals(ShopStreet.SHOP_4, street.who(street.pc(), ShopStreet.WEB_4).must().strip());
  }

  @Test
  void asTheDhcpServerItLeadsEveryDeviceToTheFarShop() {
    street.stopGateServer();
    runWith(
        ShopTunnel.document(
            """
            "wan": [{"method": "static", "address": "192.168.1.2/24",
                     "gateway": "192.168.1.1", "dns": ["198.18.0.53"]}],
            "lan": {"dhcp": {"on": true}},
            """,
            tunnel.split()));
    street.askForAddress(street.pc());
    assertTrue(
        street.pc().must("ip", "route").contains("default via 192.168.1.2"),
        street.pc().must("ip", "route"));
    assertEquals("10.9.0.2", street.who(street.pc(), ShopStreet.HQ_4).must().strip());
    assertEquals(ShopStreet.SHOP_4, street.who(street.pc(), "shop.example").must().strip());
  }

  @Test
  void theFarShopReachesTheShopsDevicesUnderItsAddress() {
    runWith(ShopTunnel.document(tunnel.split()));
    String pc =
        street
            .pc()
            .must("sh", "-c", "ip -4 -o addr show dev eth0 | sed 's|.* inet \\([0-9.]*\\)/.*|\\1|'")
            .strip();
    tunnel
        .far()
        .set("peer", tunnel.keys().publicKey(), "allowed-ips", "10.9.0.2/32,192.168.1.0/24");
    street.far().ip("route add 192.168.1.0/24 dev " + tunnel.far().name());
    street.hq().must("ping", "-c", "2", "-W", "2", pc);
  }

  /** The shop's router forwards the ports over IPv4, and lets IPv6 through. */
  @Test
  void aTelephoneReachesTheShopThroughThePortsThatTheShopsRouterForwards() {
    try (ShopPhone phone = new ShopPhone(street)) {
      runWith(ShopTunnel.document(tunnel.split() + "," + phone.json(51821, "443, 53")));
      street
          .gate()
          .nft(
              """
              table inet street {
                chain forwarded {
                  type nat hook prerouting priority dstnat
                  iifname "wan" udp dport { 53, 443, 51821 } dnat ip to %s
                }
              }
              """
                  .formatted(ownAddress()));
      Wait.until("the box's IPv6", () -> !ownIpv6().isEmpty());
      String pc =
          street
              .pc()
              .must("ip", "-4", "-o", "addr", "show", "dev", "eth0")
              .replaceAll("(?s).* inet ([0-9.]+)/.*", "$1");
      for (String host : List.of("100.64.7.2", "[" + ownIpv6() + "]")) {
        for (int port : List.of(51821, 443, 53)) {
          phone.call(host + ":" + port);
          Wait.until("the shop answers at " + host + ":" + port, () -> phone.pings(pc));
        }
      }
    }
  }

  private String ownIpv6() {
    return street
        .noren()
        .must("ip", "-6", "-o", "addr", "show", "dev", "eth0", "scope", "global")
        .lines()
        .filter(line -> !line.contains("tentative"))
        .map(line -> line.replaceAll(".* inet6 ([0-9a-f:]+)/.*", "$1"))
        .findFirst()
        .orElse("");
  }
}
