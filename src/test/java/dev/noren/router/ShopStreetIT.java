package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.Capture;
import dev.noren.street.ShopStreet;
import dev.noren.street.Wait;
import org.junit.jupiter.api.Test;

/** The street without a Noren: what the other tests of it take for granted. */
class ShopStreetIT {
  @Test
  void aPcBehindTheShopsRouterReachesTheWebAndTheEavesdropperSeesIt() {
    try (ShopStreet street = ShopStreet.beside();
        Capture line = Capture.on(street.internet(), ShopStreet.LINE, "tcp port 80")) {
      street.askForAddress(street.pc());
      assertEquals("198.18.0.1", street.who(street.pc(), "www.example").must().strip());
      street.askForIpv6(street.pc());
      Wait.until("IPv6 by the router's advertisement", () -> hasIpv6(street));
      String seen = street.who(street.pc(), "[" + ShopStreet.WEB_6 + "]").must();
      assertTrue(seen.startsWith("2001:db8:5:"), seen);
      Wait.until(
          "both connections were overheard",
          () ->
              line.packets().stream().anyMatch(p -> p.contains("IP 100.64.7.2."))
                  && line.packets().stream().anyMatch(p -> p.contains("IP6 2001:db8:5:")));
    }
  }

  private static boolean hasIpv6(ShopStreet street) {
    String addresses =
        street.pc().must("ip", "-6", "addr", "show", "dev", "eth0", "scope", "global");
    return addresses.contains("inet6 2001:db8:5:") && !addresses.contains("tentative");
  }
}
