package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.street.Host;
import dev.noren.street.HostileLink;
import dev.noren.street.NorenRouter;
import dev.noren.street.PrefixServer;
import dev.noren.street.Ran;
import dev.noren.street.Running;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import dev.noren.street.Wait;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Neighbours who mean harm, in the shop and on its line: the kernel believes them no more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileLanIT {
  private static final int PORT = 51821;

  private ShopStreet street;
  private ShopTunnel tunnel;
  private NorenRouter router;
  private Host noren;
  private HostileLink line;
  private String pc6;

  @BeforeAll
  void build() {
    street = ShopStreet.router();
    noren = street.noren();
    tunnel = new ShopTunnel(street);
    router = new NorenRouter(noren);
    PrefixServer.start(street);
    router.useCopyOf("dhclient");
    router.configure(
        ShopTunnel.document(
            tunnel.json(
                "\"" + ShopTunnel.OWN_4 + "/32\"",
                "\"10.50.0.0/16\"",
                "{\"mode\": \"split\", \"subnets\": [\"10.50.0.0/16\"]}",
                ", \"listenPort\": " + PORT)));
    router.start();
    router.awaitHandshake();
    router.awaitStatus("an own IPv6 address in the shop", "\"address6\": \"2001:db8:70:");
    street.askForAddress(street.pc());
    street.askForIpv6(street.pc());
    Wait.until("the computer's IPv6", () -> !global6(street.pc()).isEmpty());
    Wait.until("the line's IPv6", () -> !global6(noren).isEmpty());
    // What Kea leaves to others: who has the prefix is told to the provider's router.
    street.internet().ip("route add 2001:db8:70::/48 via " + global6(noren) + " dev line");
    pc6 = global6(street.pc());
    line = HostileLink.on(street.internet(), ShopStreet.LINE, mac("eth0"));
  }

  @AfterAll
  void remove() {
    line.close();
    router.close();
    tunnel.close();
    street.close();
  }

  private static String global6(Host host) {
    return host.must("ip", "-6", "-o", "addr", "show", "dev", "eth0", "scope", "global")
        .lines()
        .filter(text -> !text.contains("tentative"))
        .map(text -> text.replaceAll(".* inet6 ([0-9a-f:]+)/.*", "$1"))
        .findFirst()
        .orElse("");
  }

  private String mac(String device) {
    return noren.must("cat", "/sys/class/net/" + device + "/address").strip();
  }

  private int number(String file) {
    return Integer.parseInt(noren.must("cat", file).strip());
  }

  private long refused(String counter) {
    String text = noren.must("nft", "list", "counter", "inet", "noren", counter);
    return Long.parseLong(text.replaceAll("(?s).*packets (\\d+).*", "$1"));
  }

  private long lines(String... command) {
    return noren.must(command).lines().count();
  }

  @Test
  void aComputerOfTheShopIsNoRouter() {
    String before = noren.must("ip", "-6", "route", "show", "default");
    try (HostileLink shop = HostileLink.on(street.pc(), "eth0", mac("br-lan"))) {
      shop.advertise(1, 1, 9_000, 60_000, Cidr.parse("2001:db8:dead::/64"), Cidr.parse("2000::/3"));
    }
    Wait.pause(500);
    assertEquals(
        expiresNot(before), expiresNot(noren.must("ip", "-6", "route", "show", "default")));
    assertEquals("", noren.must("ip", "-6", "route", "show", "2001:db8:dead::/64"));
    assertEquals("", noren.must("ip", "-6", "route", "show", "2000::/3"));
    assertEquals(64, number("/proc/sys/net/ipv6/conf/br-lan/hop_limit"));
  }

  private static String expiresNot(String routes) {
    return routes.replaceAll("expires \\d+sec", "");
  }

  @Test
  void theLineDoesNotTakeTheShopsOwnNetworkAway() {
    line.advertise(2, 0, 0, 0, Cidr.parse(pc6 + "/128"), Cidr.parse("2001:db8:70::/120"));
    Wait.until("the kernel has heard it", () -> lines("ip", "-6", "route", "show", pc6) > 0);
    String way = noren.must("ip", "-6", "route", "get", pc6);
    assertTrue(way.contains(" dev br-lan "), way);
    Ran web = street.who(street.pc(), "[" + ShopStreet.WEB_6 + "]");
    assertEquals(pc6, web.must().strip());
    street.pc().must("ping", "-n", "-c", "1", "-W", "2", "2001:db8:70::1");
  }

  @Test
  void whatWouldOutlastWhoSaidItIsNotBelieved() {
    long before = refused("refused_neighbours");
    line.advertise(3, 1, 0, 0);
    line.advertise(3, 0, 0, Integer.MAX_VALUE);
    line.advertise(3, 0, 0, 0x8000_0000);
    Wait.until("all are refused", () -> refused("refused_neighbours") >= before + 3);
    assertEquals(64, number("/proc/sys/net/ipv6/conf/eth0/hop_limit"));
    assertEquals(1_000, number("/proc/sys/net/ipv6/neigh/eth0/retrans_time_ms"));
  }

  /**
   * The last one, since it uses up what the line may announce. Other tests have the kernel's one
   * table of neighbours too, which takes 1024.
   */
  @Test
  @Order(Integer.MAX_VALUE)
  void floodsOfNeighboursLeaveNoMoreThanAFew() {
    for (int i = 0; i < 200; i++) {
      long net = 0x2001_0db8_beef_0000L + 8L * i;
      Cidr[] prefixes = new Cidr[8];
      for (int j = 0; j < prefixes.length; j++) {
        prefixes[j] = new Cidr(IpAddress.v6(net + j, 0), 64);
      }
      line.advertise(100 + i, 0, 9_000, 0, prefixes);
    }
    String text = noren.must("ip", "-6", "-o", "addr", "show", "dev", "eth0", "scope", "link");
    IpAddress own = IpAddress.parse(text.replaceAll("(?s).*inet6 (\\S+)/64.*", "$1"));
    for (int i = 0; i < 400; i++) {
      line.solicit(1_000 + i, own);
    }
    Wait.until("floods are refused", () -> refused("refused_neighbours") > 200);
    long routes = lines("ip", "-6", "route", "show", "dev", "eth0");
    assertTrue(routes < 300, routes + " routes of 1,800 that were announced");
    long neighbours = lines("ip", "-6", "neigh", "show", "dev", "eth0");
    assertTrue(neighbours < 250, neighbours + " neighbours of 400");
    // The shop has a measure of its own.
    street.pc().ip("neigh flush dev eth0");
    street.pc().must("ping", "-n", "-c", "1", "-W", "2", "2001:db8:70::1");
  }

  @Test
  void forgedDatagramsForATunnelLeaveNoTraceAndFlowsGoOn() throws Exception {
    String to = noren.must("ip", "-4", "-o", "addr", "show", "dev", "eth0");
    IpAddress own = IpAddress.parse(to.replaceAll("(?s).*inet ([0-9.]+)/.*", "$1"));
    Running load = street.load(street.pc(), ShopStreet.WEB_4, "/dev/null");
    Wait.until("the load is a flow", () -> flows() > 0);
    int before = number("/proc/sys/net/netfilter/nf_conntrack_count");
    byte[] payload = new byte[148];
    payload[0] = 1;
    for (int i = 0; i < 20_000; i++) {
      line.datagram(IpAddress.v4(0x0b00_0000 + i * 977), 1024 + i, own, PORT, payload);
    }
    int after = number("/proc/sys/net/netfilter/nf_conntrack_count");
    assertTrue(after < before + 200, before + " flows became " + after);
    assertTrue(street.pc().run("ping", "-n", "-c", "2", "-W", "2", ShopStreet.HQ_4).ok());
    street.letRestCome();
    assertEquals(0, street.pc().finish(load, Duration.ofSeconds(30)).exit());
  }

  private long flows() {
    return noren.must("cat", "/proc/net/nf_conntrack").lines().filter(this::isLoad).count();
  }

  private boolean isLoad(String flow) {
    return flow.contains("ESTABLISHED") && flow.contains("dst=" + ShopStreet.WEB_4 + " ");
  }

  /** A computer behind the router may have a WireGuard of its own, at the port of the tunnel's. */
  @Test
  void aComputerMayHaveTheTunnelsPortToo() throws Exception {
    try (DatagramSocket server = street.web().inside(() -> new DatagramSocket(4_500));
        DatagramSocket client = street.pc().inside(() -> new DatagramSocket(PORT))) {
      server.setSoTimeout(5_000);
      client.setSoTimeout(5_000);
      client.send(
          new DatagramPacket(
              new byte[] {7},
              1,
              new InetSocketAddress(InetAddress.getByName(ShopStreet.WEB_4), 4_500)));
      DatagramPacket packet = new DatagramPacket(new byte[9], 9);
      server.receive(packet);
      assertFalse(packet.getPort() == PORT, "its answers would be the tunnel's");
      server.send(packet);
      client.receive(packet);
      assertEquals(1, packet.getLength());
    }
  }
}
