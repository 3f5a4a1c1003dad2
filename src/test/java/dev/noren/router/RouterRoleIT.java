package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.Host;
import dev.noren.street.NorenRouter;
import dev.noren.street.PortScan;
import dev.noren.street.Ran;
import dev.noren.street.ShopPhone;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import dev.noren.street.Wait;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The shop's own router in one street: what its devices, the far shop and the internet find. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouterRoleIT {
  private static final int LISTEN_PORT = 51821;
  private static final Pattern LAN =
      Pattern.compile("(?s)\"lan\": \\{[^}]*?\"address\": \"((\\d+\\.\\d+\\.\\d+\\.)\\d+)/24\"");

  private ShopStreet street;
  private ShopTunnel tunnel;
  private ShopPhone phone;
  private NorenRouter router;

  @BeforeAll
  void build() {
    street = ShopStreet.router();
    tunnel = new ShopTunnel(street);
    phone = new ShopPhone(street);
    router = new NorenRouter(street.noren());
    router.configure(
        ShopTunnel.document(
            """
            "dns": {"domains": [{"domain": "hq.example", "server": "10.50.0.53"}]},
            """,
            tunnel.split() + "," + phone.json(LISTEN_PORT, "443, 53")));
    router.start();
    router.awaitHandshake();
    street.askForAddress(street.pc());
  }

  @AfterAll
  void remove() {
    router.close();
    phone.close();
    tunnel.close();
    street.close();
  }

  /** Noren's own address in the shop. */
  private String own() {
    return lan().group(1);
  }

  private Matcher lan() {
    String status = router.status();
    Matcher matcher = LAN.matcher(status);
    assertTrue(matcher.find(), status);
    return matcher;
  }

  private void change(String path, String value) {
    router.noren("config", "set", path, value).must();
    router.noren("config", "confirm").must();
  }

  private static String address(Host host) {
    String all = host.must("ip", "-4", "-o", "addr", "show", "dev", "eth0");
    return all.replaceAll("(?s).* inet ([0-9.]+)/.*", "$1");
  }

  private String dig(String... arguments) {
    String[] command =
        Stream.concat(Stream.of("dig", "+short", "+tries=1", "+time=2"), Stream.of(arguments))
            .toArray(String[]::new);
    return street.pc().run(command).out().strip();
  }

  @Test
  void aComputerGetsAnAddressAndAReservationItsOwn() {
    String mac = street.pc().must("cat", "/sys/class/net/eth0/address").strip();
    String net = lan().group(2);
    String free = address(street.pc());
    assertTrue(free.startsWith(net), free);
    router.awaitStatus("the lease is told", "\"mac\": \"" + mac + "\",\\s*\"address\": \"" + free);
    assertTrue(street.pc().must("ip", "route").contains("default via " + own()));
    try {
      // A name may be one of dnsmasq's own words.
      for (String name : List.of("till", "ignore", "infinite", "12h", "3d", "7")) {
        change(
            "lan",
            """
            {"address": "%s/24",
             "reservations": [{"mac": "%s", "address": "%s7", "name": "%s"}]}
            """
                .formatted(own(), mac, net, name));
        street.askForAddress(street.pc());
        assertEquals(net + "7", address(street.pc()), name);
        assertEquals(net + "7", dig(name + ".lan"));
        assertEquals(net + "7", dig(name), name + " alone");
        router.awaitStatus(
            "the lease of " + name, "\"address\": \"" + net + "7\",\\s*\"name\": \"" + name + "\"");
      }
    } finally {
      change("lan", "{}");
      street.askForAddress(street.pc());
    }
  }

  @Test
  void namesAreAnsweredByWhoeverKnowsThem() {
    assertEquals(own(), dig("noren.lan"));
    assertEquals(ShopStreet.WEB_4, dig("www.example"));
    assertEquals(ShopStreet.HQ_4, dig("hq.example"), "by the far shop's server");
    assertEquals("10.9.0.2", street.who(street.pc(), "hq.example").must().strip());
  }

  @Test
  void clientsAskNobodyElseForNamesUnlessTheyMay() {
    street
        .web()
        .start("busybox", "httpd", "-f", "-p", "853", "-h", street.folder().path() + "/www");
    String other = "@" + ShopStreet.OTHER_RESOLVER_4;
    assertEquals(own(), dig(other, "noren.lan"));
    assertEquals(own(), dig(other, "+tcp", "noren.lan"));
    // Refused, and at once; not lost.
    assertEquals(7, street.who(street.pc(), ShopStreet.WEB_4 + ":853").exit());
    assertTrue(said(ShopStreet.OTHER_RESOLVER_4, 853).contains("refused"));
    change("dns.forceClients", "false");
    try {
      assertEquals("", dig(other, "noren.lan"));
      assertEquals("", dig(other, "+tcp", "noren.lan"));
      assertEquals(ShopStreet.WEB_4, dig(other, "www.example"));
      street.who(street.pc(), ShopStreet.WEB_4 + ":853").must();
    } finally {
      change("dns.forceClients", "true");
    }
  }

  /** What dig says when it asks there by UDP. */
  private String said(String server, int port) {
    return street
        .pc()
        .run("dig", "+tries=1", "+time=2", "-p", "" + port, "@" + server, "www.example")
        .said();
  }

  @Test
  void theInternetFindsNothingButTheTunnelsWhichAreSilent() {
    Host internet = street.internet();
    String line4 = address(street.noren());
    assertTrue(line4.startsWith("100.64.7."), line4);
    Wait.until("the line's IPv6", () -> !line6("global").isEmpty());
    Set<Integer> tcp = IntStream.rangeClosed(1, 1024).boxed().collect(Collectors.toSet());
    Set<Integer> udp = new TreeSet<>(List.of(1, 7, 53, 67, 68, 69, 123, 137, 161, 443, 500, 514));
    udp.addAll(List.of(546, 547, 853, 1900, 4500, 5353, LISTEN_PORT));
    for (String address :
        List.of(line4, line6("global"), line6("link") + "%" + lineIndex(), own())) {
      if (address.equals(own())) {
        // A neighbour on the line who knows of the shop's network.
        internet.ip("route add " + own() + "/32 via " + line4);
      }
      assertEquals(Set.of(), PortScan.tcp(internet, address, tcp), address);
      assertEquals(Set.of(), PortScan.udp(internet, address, udp), address);
      assertFalse(internet.run("ping", "-n", "-c", "1", "-W", "1", address).ok(), address);
    }
    internet.ip("route del " + own() + "/32");
    // The same scan, where something is open, finds it.
    assertTrue(PortScan.tcp(street.pc(), own(), tcp).contains(53));
    assertTrue(PortScan.udp(street.pc(), own(), udp).contains(53));
  }

  private String lineIndex() {
    return street.internet().must("cat", "/sys/class/net/" + ShopStreet.LINE + "/ifindex").strip();
  }

  private String line6(String scope) {
    return street
        .noren()
        .must("ip", "-6", "-o", "addr", "show", "dev", "eth0", "scope", scope)
        .lines()
        .filter(line -> !line.contains("tentative"))
        .map(line -> line.replaceAll(".* inet6 ([0-9a-f:]+)/.*", "$1"))
        .findFirst()
        .orElse("");
  }

  @Test
  void theFarShopAndTheShopReachEachOther() {
    assertEquals("10.9.0.2", street.who(street.pc(), ShopStreet.HQ_4).must().strip());
    assertEquals(ShopStreet.SHOP_4, street.who(street.pc(), ShopStreet.WEB_4).must().strip());
    String net = lan().group(2) + "0/24";
    tunnel.far().set("peer", tunnel.keys().publicKey(), "allowed-ips", "10.9.0.2/32," + net);
    street.far().ip("route add " + net + " dev " + tunnel.far().name());
    street.hq().must("ping", "-n", "-c", "2", "-W", "2", address(street.pc()));
  }

  @Test
  void aTelephoneReachesTheShopThroughEachOfTheTunnelsPortsOverBothFamilies() {
    Wait.until("the line's IPv6", () -> !line6("global").isEmpty());
    String pc = address(street.pc());
    for (String host : List.of(address(street.noren()), "[" + line6("global") + "]")) {
      for (int port : List.of(LISTEN_PORT, 443, 53)) {
        phone.call(host + ":" + port);
        Wait.until("the shop answers at " + host + ":" + port, () -> phone.pings(pc));
        assertEquals(
            own(), digAtThePhone("noren.lan"), "names for the telephone, " + host + ":" + port);
      }
    }
  }

  private String digAtThePhone(String name) {
    return street
        .phone()
        .run("dig", "+short", "+tries=2", "+time=2", "@" + ShopPhone.ROUTER_4, name)
        .out()
        .strip();
  }

  @Test
  void aNetworkThatTheLineHasTooMovesAwayAndStaysThere() {
    String before = lan().group(2);
    street.renumberLine(before);
    endDhcpClient();
    router.awaitStatus("the line has the network", "\"address\": \"" + before + "1\\d\\d/24");
    String moved = lan().group(2);
    assertNotEquals(before, moved);
    street.askForAddress(street.pc());
    assertTrue(address(street.pc()).startsWith(moved), address(street.pc()));
    assertEquals(ShopStreet.SHOP_4, street.who(street.pc(), "www.example").must().strip());
    Ran end = router.stop();
    assertEquals(0, end.exit(), end.toString());
    router.start();
    router.awaitHandshake();
    assertEquals(moved, lan().group(2));
    street.renumberLine("100.64.7.");
    endDhcpClient();
    router.awaitStatus("the line is as it was", "\"address\": \"100\\.64\\.7\\.1\\d\\d/24");
    assertEquals(moved, lan().group(2), "it moves no more than it must");
  }

  /** The supervisor starts it again, and it asks for an address anew. */
  private void endDhcpClient() {
    String pid = router.read("run/udhcpc-eth0/pid").split(" ", 2)[0];
    street.noren().must("kill", pid);
  }

  @Test
  void openTakesTheFirewallAwayButNotFromARunningRouter() {
    Ran refused = router.noren("run", "--open");
    assertEquals(1, refused.exit(), refused.toString());
    assertTrue(refused.err().contains("the router runs: end it first"), refused.toString());
    assertTrue(street.noren().must("nft", "list", "tables").contains("inet noren"));
    router.stop();
    try {
      assertTrue(street.noren().must("nft", "list", "tables").contains("inet noren"));
      router.noren("run", "--open").must();
      assertEquals("", street.noren().must("nft", "list", "tables"));
      router.noren("run", "--open").must();
    } finally {
      router.start();
      router.awaitHandshake();
      street.askForAddress(street.pc());
    }
  }
}
