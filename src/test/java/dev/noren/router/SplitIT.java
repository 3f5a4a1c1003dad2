package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.Capture;
import dev.noren.street.Host;
import dev.noren.street.NorenRouter;
import dev.noren.street.Ran;
import dev.noren.street.Running;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import dev.noren.street.Wait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Which packets take the tunnel: by name, device and subnet, and what is excepted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SplitIT {
  private ShopStreet street;
  private ShopTunnel tunnel;
  private NorenRouter router;
  private String mac;

  @BeforeAll
  void build() {
    street = ShopStreet.router();
    tunnel = new ShopTunnel(street);
    router = new NorenRouter(street.noren());
    mac = street.pc().must("cat", "/sys/class/net/eth0/address").strip();
    router.configure(document("\"mode\": \"split\"", ""));
    router.start();
    router.awaitHandshake();
    street.askForAddress(street.pc());
  }

  @AfterAll
  void remove() {
    router.close();
    tunnel.close();
    street.close();
  }

  /** A document where everything may take the tunnel, and this takes it. */
  private String document(String use, String more) {
    return ShopTunnel.document(
        """
        "role": "router",
        "lan": {"address": "10.77.0.1/24",
                "reservations": [{"name": "till", "mac": "%s", "address": "10.77.0.20"}]},
        """
            .formatted(mac),
        tunnel.json("\"" + ShopTunnel.OWN_4 + "/32\"", "\"0.0.0.0/0\"", "{" + use + "}", more));
  }

  private void use(String use) {
    router.changeTo(document(use, ""));
  }

  private void assertInside(String server) {
    assertEquals(ShopStreet.FAR_4, street.who(street.pc(), server).must().strip(), server);
  }

  private void assertDirect(String server) {
    assertEquals(ShopStreet.SHOP_4, street.who(street.pc(), server).must().strip(), server);
  }

  @Test
  void changesDuringADownloadThatIsSplitByNameSendNoPacketOfItTheWrongWay() throws Exception {
    use("\"mode\": \"split\", \"domains\": [\"shop.example\"]");
    Path file = street.folder().path().resolve("loaded");
    try (Capture wrong =
        Capture.received(street.internet(), ShopStreet.LINE, "host " + ShopStreet.WEB_4)) {
      assertInside("shop.example");
      assertDirect("bank.example");
      Running load = street.load(street.pc(), "shop.example", file.toString());
      // No flow of these is remembered to be the tunnel's, and nobody asks for the name again.
      Running visits = visits(ShopStreet.WEB_4);
      set("log.keepDays", "31");
      setAndConfirm("tunnels[0].use.domains", "[\"shop.example\", \"other.example\"]");
      setAndConfirm("tunnels[0].peers[0].keepaliveSeconds", "7");
      setAndConfirm("dns.forceClients", "false");
      assertTrue(load.isAlive(), "the changes were made while it loaded: " + load.said());
      street.letRestCome();
      Ran end = street.pc().finish(load, Duration.ofSeconds(60));
      assertTrue(end.ok(), end.toString());
      long seen = visits.out().lines().filter(ShopStreet.FAR_4::equals).count();
      assertTrue(seen > 20, "the far shop's address was seen only " + seen + " times");
      assertEquals(List.of(), wrong.packets());
      street.noren().must("nft", "flush", "set", "inet", "noren", names());
      Wait.until("were the names forgotten, it would show", () -> !wrong.packets().isEmpty());
      street.pc().end(visits);
    }
    assertEquals(-1, Files.mismatch(street.folder().path().resolve("www/big"), file));
    Files.delete(file);
  }

  /** One short connection after another, and as whom the server sees each. */
  private Running visits(String server) {
    return street
        .pc()
        .start(
            "sh",
            "-c",
            "while :; do curl -s --max-time 1 http://" + server + "/cgi-bin/who; sleep 0.02; done");
  }

  /** The set that has the IPv4 addresses of the tunnel's names. */
  private String names() {
    Matcher sets =
        Pattern.compile("set (t\\d+_names4) ")
            .matcher(street.noren().must("nft", "list", "table", "inet", "noren"));
    assertTrue(sets.find());
    return sets.group(1);
  }

  private void set(String path, String value) {
    router.noren("config", "set", path, value).must();
  }

  private void setAndConfirm(String path, String value) {
    set(path, value);
    router.noren("config", "confirm").must();
  }

  @Test
  void aDeviceTakesItByItsNameAndByItsAddress() {
    use("\"mode\": \"split\", \"devices\": [\"till\"]");
    assertInside("bank.example");
    use("\"mode\": \"split\", \"devices\": [\"02:00:00:00:00:99\"]");
    assertDirect("bank.example");
    use("\"mode\": \"split\", \"devices\": [\"" + mac + "\"]");
    assertInside("bank.example");
  }

  @Test
  void aSubnetTakesIt() {
    use("\"mode\": \"split\", \"subnets\": [\"" + ShopStreet.BANK_4 + "/32\"]");
    assertInside("bank.example");
    assertDirect("shop.example");
  }

  @Test
  void anExceptedNameGoesOutDirectlyAndStopsAtOnceWhenItIsNoneAnyMore() {
    use("\"mode\": \"full\", \"exceptDomains\": [\"bank.example\"]");
    assertDirect("bank.example");
    assertInside("shop.example");
    stopsWithoutTheException("bank.example");
  }

  @Test
  void anExceptedDeviceGoesOutDirectlyAndStopsAtOnceWhenItIsNoneAnyMore() {
    use("\"mode\": \"full\", \"exceptDevices\": [\"till\"]");
    assertDirect("shop.example");
    stopsWithoutTheException("shop.example");
  }

  @Test
  void anExceptedSubnetGoesOutDirectlyAndStopsAtOnceWhenItIsNoneAnyMore() {
    use("\"mode\": \"full\", \"exceptSubnets\": [\"" + ShopStreet.BANK_4 + "/32\"]");
    assertDirect("bank.example");
    assertInside("shop.example");
    stopsWithoutTheException("bank.example");
  }

  /** A download goes on, directly, until the change; afterwards not one packet of it does. */
  private void stopsWithoutTheException(String server) {
    Host pc = street.pc();
    Running load = street.load(pc, server, "/dev/null");
    try (Capture flow = direct()) {
      Wait.until("the download goes on", () -> flow.packets().size() > 20);
      router.configure(document("\"mode\": \"full\"", ""));
      try (Capture after = direct()) {
        assertTrue(load.isAlive(), "it was under way: " + load.said());
        router.noren("config", "confirm").must();
        assertInside(server);
        assertEquals(List.of(), after.packets());
      }
    } finally {
      pc.end(load);
    }
  }

  /** What leaves the shop for the web outside the tunnel. */
  private Capture direct() {
    return Capture.received(
        street.internet(),
        ShopStreet.LINE,
        "tcp and (host " + ShopStreet.WEB_4 + " or host " + ShopStreet.BANK_4 + ")");
  }

  /**
   * A kill switch that is off opens the line only while there is no tunnel interface, as LeakIT
   * shows; a far end that is silent does not open it.
   */
  @Test
  void withoutAKillSwitchASilentFarEndStillGetsAllOfIt() {
    router.changeTo(document("\"mode\": \"full\"", ", \"killSwitch\": false"));
    assertInside("shop.example");
    tunnel.far().kill();
    try (Capture direct = direct()) {
      assertFalse(street.who(street.pc(), ShopStreet.WEB_4).ok());
      assertEquals(List.of(), direct.packets());
    } finally {
      tunnel.start();
    }
    Wait.until(
        "the far end is found again",
        () -> street.who(street.pc(), ShopStreet.WEB_4).out().strip().equals(ShopStreet.FAR_4));
  }
}
