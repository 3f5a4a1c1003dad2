package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.Host;
import dev.noren.street.NorenRouter;
import dev.noren.street.PrefixServer;
import dev.noren.street.Running;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import dev.noren.street.Wait;
import org.junit.jupiter.api.Test;

/**
 * IPv6 of a line: the router's own by the provider's advertisements, and the shop's out of a prefix
 * that Kea gives to dhclient.
 */
class PrefixIT {
  private static final String SHOP_6 = "2001:db8:70:";

  @Test
  void theShopHasIpv6OutOfThePrefixThatTheLineGives() {
    try (ShopStreet street = ShopStreet.router();
        ShopTunnel tunnel = new ShopTunnel(street);
        NorenRouter router = new NorenRouter(street.noren())) {
      Running kea = PrefixServer.start(street);
      router.useCopyOf("dhclient");
      router.configure(ShopTunnel.document(tunnel.split()));
      router.start();
      router.awaitStatus("an own IPv6 address in the shop", "\"address6\": \"" + SHOP_6);
      Wait.until("the line's own IPv6", () -> !global(street.noren(), "eth0").isEmpty());
      assertTrue(
          street.noren().must("ip", "-6", "route").contains("default via fe80:"),
          "the provider's router is listened to although Noren forwards");
      assertEquals("2", street.noren().must("cat", ACCEPT_RA).strip());
      // What Kea leaves to others: who has the prefix is told to the provider's router.
      street
          .internet()
          .ip("route add 2001:db8:70::/48 via " + global(street.noren(), "eth0") + " dev line");
      street.askForAddress(street.pc());
      street.askForIpv6(street.pc());
      Wait.until(
          "the computer's IPv6",
          Wait.LONG,
          () -> !global(street.pc(), "eth0").isEmpty(),
          () -> kea.said() + router.process().said());
      String own = global(street.pc(), "eth0");
      assertTrue(own.startsWith(SHOP_6), own);
      assertEquals(own, street.who(street.pc(), "[" + ShopStreet.WEB_6 + "]").must().strip());
      assertFalse(
          street.internet().run("ping", "-n", "-c", "1", "-W", "1", own).ok(),
          "the internet reaches the shop's computer");
      // What the shop does not use comes to an end at Noren, and does not go to and fro.
      assertTrue(
          street.noren().must("ip", "-6", "route").contains("unreachable 2001:db8:70"),
          street.noren().must("ip", "-6", "route"));
      aFullTunnelThatDoesNotCarryItTakesItAway(street, tunnel, router);
    }
  }

  private static void aFullTunnelThatDoesNotCarryItTakesItAway(
      ShopStreet street, ShopTunnel tunnel, NorenRouter router) {
    router.noren("config", "set", "tunnels", "[" + tunnel.full() + "]").must();
    router.noren("config", "confirm").must();
    assertFalse(street.who(street.pc(), "[" + ShopStreet.WEB_6 + "]").ok());
    router.awaitStatus("no own IPv6 in the shop", "(?s)\"lan\": \\{[^}]*\"address6\": null");
  }

  private static final String ACCEPT_RA = "/proc/sys/net/ipv6/conf/eth0/accept_ra";

  /** A host's first global address that can be used, or nothing. */
  private static String global(Host host, String device) {
    return host.must("ip", "-6", "-o", "addr", "show", "dev", device, "scope", "global")
        .lines()
        .filter(line -> !line.contains("tentative"))
        .map(line -> line.replaceAll(".* inet6 ([0-9a-f:]+)/.*", "$1"))
        .findFirst()
        .orElse("");
  }
}
