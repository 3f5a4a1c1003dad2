package dev.noren.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.Browser;
import dev.noren.street.NorenRouter;
import dev.noren.street.Ran;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import dev.noren.street.Wait;
import dev.noren.street.WgEnd;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page of a box that stands beside the shop's router, with one port and one network. */
class PageBesideIT {
  private ShopStreet street;
  private ShopTunnel tunnel;
  private NorenRouter router;
  private String own;

  @BeforeEach
  void build() {
    street = ShopStreet.beside();
    tunnel = new ShopTunnel(street);
    router = new NorenRouter(street.noren());
    router.start();
    router.awaitStatus("it has an address", "\"address\": \"192\\.168\\.1\\.");
    street.askForAddress(street.pc());
    own = Owner.address(street.noren());
  }

  @AfterEach
  void remove() {
    router.close();
    tunnel.close();
    street.close();
  }

  private Ran page(String at, String... more) {
    String[] command = {"curl", "-sS", "-o", "-", "--max-time", "3", "-w", " %{http_code}", at};
    String[] all = new String[command.length + more.length];
    System.arraycopy(command, 0, all, 0, command.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return street.pc().run(all);
  }

  @Test
  void fromANewBoxToTrafficAndWhatTheShopsRouterIsToBeTold() throws IOException {
    assertTrue(page("http://" + own + "/", "-H", "Host: www.example").out().endsWith(" 302"));
    try (Owner owner = new Owner(street.pc(), router, own, 0)) {
      owner.claimUnheard();
      owner.open("/tunnels");
      Browser browser = owner.browser();
      browser.type("input[name=name]", "hq");
      browser.type("textarea[name=conf]", conf());
      browser.click("form[data-api='/api/v1/tunnels'] [type=submit]");
      owner.keep();
      router.awaitHandshake();
      // What has to be set elsewhere is told, and is no trouble of the box.
      owner.open("/");
      String told = browser.await("[aria-labelledby=instructions]").getText();
      assertTrue(told.contains("10.50.0.0/16") && told.contains(own), told);
      assertFalse(browser.has("[aria-labelledby=problems]"), browser.text());
      owner.look("beside-home");
      street.gate().ip("route add 10.50.0.0/16 via " + own);
      assertEquals(
          ShopTunnel.OWN_4, street.who(street.pc(), ShopStreet.HQ_4).must().strip(), "traffic");
      owner.open("/check");
      owner.look("beside-check");
    }
    assertTrue(page("http://" + own + "/", "-H", "Host: www.example").out().endsWith(" 421"));
  }

  private String conf() {
    return """
    [Interface]
    PrivateKey = %s
    Address = %s/32
    [Peer]
    PublicKey = %s
    Endpoint = vpn.example:%d
    AllowedIPs = 10.50.0.0/16
    PersistentKeepalive = 25
    """
        .formatted(
            tunnel.keys().privateKey(), ShopTunnel.OWN_4, tunnel.far().publicKey(), WgEnd.PORT);
  }

  /** A port with an address of the internet's may be the internet's. */
  @Test
  void aPortWithAPublicAddressHasNoPage() {
    Wait.until("it has its page", () -> page("http://" + own + "/claim").out().endsWith(" 200"));
    String line =
        "\"wan\": [{\"method\": \"static\", \"address\": \"%s/24\", \"gateway\": \"%s\"}],";
    router.changeTo(ShopTunnel.document(line.formatted("192.0.2.7", "192.0.2.1"), tunnel.split()));
    street.pc().ip("addr add 192.0.2.9/24 dev eth0");
    Wait.until(
        "it has the address",
        Wait.LONG,
        () -> street.pc().run("ping", "-c", "1", "-W", "1", "192.0.2.7").ok(),
        router::status);
    assertFalse(page("http://192.0.2.7/claim").ok(), "the page of a public address");
    router.changeTo(ShopTunnel.document(line.formatted("10.77.0.7", "10.77.0.1"), tunnel.split()));
    street.pc().ip("addr add 10.77.0.9/24 dev eth0");
    Wait.until(
        "a private one has it again",
        Wait.LONG,
        () -> page("http://10.77.0.7/claim").out().endsWith(" 200"),
        () -> page("http://10.77.0.7/claim").said());
  }
}
