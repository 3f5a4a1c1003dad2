package dev.noren.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.linux.Errno;
import dev.noren.linux.LinuxException;
import dev.noren.linux.Netns;
import dev.noren.linux.Unprivileged;
import dev.noren.net.Datagram;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two namespaces with a cable between them: shop has two addresses, office one. */
@Timeout(60)
class LinuxUdpIT {
  private static final String SHOP_V6 = "fe80::aa";

  private Netns shop;
  private Netns office;
  private final Datagram datagram = new Datagram();

  @BeforeEach
  void lay() throws IOException {
    shop = Netns.create("shop");
    office = Netns.create("office");
    shop.ip(
        "link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns", office.name());
    shop.ip("address", "add", "10.77.0.1/24", "dev", "cable");
    shop.ip("address", "add", "10.77.0.2/24", "dev", "cable");
    shop.ip("address", "add", "2001:db8:77::1/64", "dev", "cable", "nodad");
    shop.ip("address", "add", "2001:db8:77::2/64", "dev", "cable", "nodad");
    shop.ip("address", "add", SHOP_V6 + "/64", "dev", "cable", "nodad");
    office.ip("address", "add", "10.77.0.9/24", "dev", "cable");
    office.ip("address", "add", "2001:db8:77::9/64", "dev", "cable", "nodad");
    office.ip("address", "add", "fe80::bb/64", "dev", "cable", "nodad");
    shop.ip("link", "set", "cable", "up");
    office.ip("link", "set", "cable", "up");
  }

  @AfterEach
  void remove() throws IOException {
    try (Netns first = shop;
        Netns second = office) {
      assertNotEquals(first.name(), second.name());
    }
  }

  private static int send(UdpSocket from, String text, Endpoint to) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return from.send(bytes, 0, bytes.length, to);
  }

  private String receive(UdpSocket at) throws IOException {
    while (at.receive(datagram) < 0) {
      assertTrue(at.await());
    }
    return new String(datagram.bytes, 0, datagram.length, StandardCharsets.UTF_8);
  }

  private static Endpoint at(String address, UdpSocket socket) {
    return Endpoint.of(IpAddress.parse(address), socket.port());
  }

  private static LinuxUdp open(Netns where) throws Exception {
    return where.run(() -> LinuxUdp.open(0, 0));
  }

  @Test
  void theSocketStaysInItsNamespaceAndRepliesFromWhereItWasAddressed() throws Exception {
    try (LinuxUdp here = open(shop);
        LinuxUdp there = open(office)) {
      for (String mine :
          new String[] {"10.77.0.2", "10.77.0.1", "2001:db8:77::2", "2001:db8:77::1"}) {
        assertEquals(0, send(there, "ask", at(mine, here)));
        assertEquals("ask", receive(here));
        assertEquals(0, send(here, "answer", datagram.toEndpoint()));
        assertEquals("answer", receive(there));
        assertEquals(IpAddress.parse(mine), datagram.sender());
      }
    }
  }

  @Test
  void aSourceThatVanishesIsLeftOut() throws Exception {
    try (LinuxUdp here = open(shop);
        LinuxUdp there = open(office)) {
      String[][] rows = {
        {"10.77.0.2", "10.77.0.2/24", "10.77.0.1"},
        {"2001:db8:77::2", "2001:db8:77::2/64", "2001:db8:77::1"},
      };
      for (String[] row : rows) {
        send(there, "ask", at(row[0], here));
        receive(here);
        Endpoint peer = datagram.toEndpoint();
        assertEquals(0, send(here, "one", peer));
        assertEquals("one", receive(there));
        shop.ip("address", "del", row[1], "dev", "cable");
        assertEquals(UdpSocket.SENT_WITHOUT_SOURCE, send(here, "two", peer));
        assertEquals("two", receive(there));
        assertEquals(IpAddress.parse(row[2]), datagram.sender());
        assertEquals(0, send(here, "three", peer.withoutSource()));
        assertEquals("three", receive(there));
      }
    }
  }

  @Test
  void aLinkLocalPeerIsReachedOverItsInterface() throws Exception {
    try (LinuxUdp here = open(shop);
        LinuxUdp there = open(office)) {
      int index = office.run(() -> NetworkInterface.getByName("cable").getIndex());
      Endpoint neighbour = new Endpoint(IpAddress.parse(SHOP_V6), here.port(), index, null, 0);
      assertEquals(0, send(there, "ask", neighbour));
      assertEquals("ask", receive(here));
      Endpoint peer = datagram.toEndpoint();
      assertTrue(peer.address().isLinkLocal());
      assertNotEquals(0, peer.scopeId());
      assertEquals(IpAddress.parse(SHOP_V6), peer.source());
      assertEquals(0, send(here, "answer", peer));
      assertEquals("answer", receive(there));
      assertEquals(neighbour.address(), datagram.sender());
      assertEquals(index, datagram.toEndpoint().scopeId());
    }
  }

  @Test
  void aPeerWithoutARouteIsRefusedWithItsErrno() throws Exception {
    try (LinuxUdp here = open(shop)) {
      Endpoint nowhere = Endpoint.of(IpAddress.parse("198.51.100.1"), 1);
      assertEquals(Errno.ENETUNREACH, send(here, "lost", nowhere));
      Endpoint sourced = new Endpoint(nowhere.address(), 1, 0, IpAddress.parse("10.77.0.1"), 0);
      assertEquals(Errno.ENETUNREACH, send(here, "lost", sourced));
    }
  }

  @Test
  void routingRulesSeeTheMark() throws Exception {
    for (String family : new String[] {"-4", "-6"}) {
      shop.ip(family, "rule", "add", "fwmark", "0x1234", "lookup", "77");
      shop.ip(family, "route", "add", "prohibit", "default", "table", "77");
    }
    try (LinuxUdp here = open(shop);
        LinuxUdp marked = shop.run(() -> LinuxUdp.open(0, 0x1234))) {
      for (String to : new String[] {"10.77.0.9", "2001:db8:77::9"}) {
        Endpoint peer = Endpoint.of(IpAddress.parse(to), 9);
        assertEquals(Errno.EACCES, send(marked, "marked", peer));
        assertEquals(0, send(here, "plain", peer));
        here.setMark(0x1234);
        assertEquals(Errno.EACCES, send(here, "marked", peer));
        here.setMark(0);
        assertEquals(0, send(here, "plain", peer));
      }
    }
  }

  @Test
  void startsWhereIpv6IsSwitchedOff() throws Exception {
    for (Netns netns : new Netns[] {shop, office}) {
      netns.exec("sysctl", "-q", "-w", "net.ipv6.conf.all.disable_ipv6=1");
    }
    try (LinuxUdp here = open(shop);
        LinuxUdp there = open(office)) {
      assertNotEquals(0, send(here, "six", at("2001:db8:77::9", there)));
      assertEquals(0, send(here, "four", at("10.77.0.9", there)));
      assertEquals("four", receive(there));
    }
  }

  @Test
  void aBigDatagramIsFragmentedOnTheWay() throws Exception {
    try (LinuxUdp here = open(shop);
        LinuxUdp there = open(office)) {
      for (String to : new String[] {"10.77.0.9", "2001:db8:77::9"}) {
        byte[] big = new byte[9000];
        big[8999] = 1;
        assertEquals(0, here.send(big, 0, big.length, at(to, there)));
        receive(there);
        assertEquals(9000, datagram.length);
        assertEquals(1, datagram.bytes[8999]);
      }
    }
  }

  @Test
  void aMarkWithoutTheCapabilityIsToldInOneSentence() throws Exception {
    ExecutionException refused =
        assertThrows(
            ExecutionException.class, () -> Unprivileged.run(() -> LinuxUdp.open(0, 0x1234)));
    LinuxException cause = assertInstanceOf(LinuxException.class, refused.getCause());
    assertEquals(Errno.EPERM, cause.errno());
    assertEquals(
        "FwMark 4660 on the UDP socket needs CAP_NET_ADMIN: run as root, or leave FwMark out",
        cause.getMessage());
    try (LinuxUdp plain = Unprivileged.run(() -> LinuxUdp.open(0, 0))) {
      ExecutionException later =
          assertThrows(
              ExecutionException.class,
              () ->
                  Unprivileged.run(
                      () -> {
                        plain.setMark(1);
                        return plain;
                      }));
      assertInstanceOf(UncheckedIOException.class, later.getCause());
    }
  }

  @Test
  void aLowPortWithoutTheCapabilityIsToldInOneSentence() {
    ExecutionException refused =
        assertThrows(ExecutionException.class, () -> Unprivileged.run(() -> LinuxUdp.open(53, 0)));
    LinuxException cause = assertInstanceOf(LinuxException.class, refused.getCause());
    assertEquals(Errno.EACCES, cause.errno());
    assertEquals(
        "UDP port 53 needs CAP_NET_BIND_SERVICE: run as root, or choose a ListenPort from 1024 up",
        cause.getMessage());
  }
}
