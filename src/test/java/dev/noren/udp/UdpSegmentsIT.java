package dev.noren.udp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.linux.Netns;
import dev.noren.net.Datagram;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Segments over a cable with an MTU of 1500 between two namespaces. */
@Timeout(60)
class UdpSegmentsIT {
  private static final String[][] PATHS = {
    {"10.78.0.9", "10.78.0.2"}, {"2001:db8:78::9", "2001:db8:78::2"}
  };

  private Netns shop;
  private Netns office;
  private final Datagram datagram = new Datagram();
  private final byte[] bytes = new byte[65507];

  @BeforeEach
  void lay() throws IOException {
    shop = Netns.create("gsoshop");
    office = Netns.create("gsooffice");
    shop.ip("link", "add", "c", "type", "veth", "peer", "name", "c", "netns", office.name());
    shop.batch(
        "address add 10.78.0.1/24 dev c",
        "address add 10.78.0.2/24 dev c",
        "address add 2001:db8:78::1/64 dev c nodad",
        "address add 2001:db8:78::2/64 dev c nodad",
        "link set c up");
    office.batch(
        "address add 10.78.0.9/24 dev c",
        "address add 2001:db8:78::9/64 dev c nodad",
        "link set c up");
    new Random(8).nextBytes(bytes);
  }

  @AfterEach
  void remove() throws IOException {
    try (Netns first = shop;
        Netns second = office) {
      assertTrue(first != second);
    }
  }

  private static LinuxUdp open(Netns where, boolean offloads) throws Exception {
    return where.run(() -> LinuxUdp.open(0, 0, offloads));
  }

  private void assertStreamArrives(LinuxUdp there, int length, int segmentBytes)
      throws IOException {
    for (int at = 0; at < length; at += datagram.length) {
      while (there.receive(datagram) < 0) {
        assertTrue(there.await());
      }
      int step = datagram.segmentBytes == 0 ? datagram.length : datagram.segmentBytes;
      assertEquals(Math.min(segmentBytes, length - at), step);
      assertArrayEquals(
          Arrays.copyOfRange(bytes, at, at + datagram.length),
          Arrays.copyOf(datagram.bytes, datagram.length));
    }
  }

  @Test
  void segmentsLeaveFromTheirSource() throws Exception {
    try (LinuxUdp here = open(shop, true);
        LinuxUdp fast = open(office, true);
        LinuxUdp plain = open(office, false)) {
      for (String[] path : PATHS) {
        for (LinuxUdp there : new LinuxUdp[] {fast, plain}) {
          IpAddress source = IpAddress.parse(path[1]);
          Endpoint to = new Endpoint(IpAddress.parse(path[0]), there.port(), 0, source, 0);
          assertEquals(0, here.sendSegments(bytes, 0, 60_000, 1452, to));
          assertStreamArrives(there, 60_000, 1452);
          assertEquals(source, datagram.sender());
        }
      }
      assertTrue(here.segments());
    }
  }

  @Test
  void segmentsLongerThanThePathTakesGoOneByOneInFragments() throws Exception {
    try (LinuxUdp here = open(shop, true);
        LinuxUdp there = open(office, true)) {
      for (String[] path : PATHS) {
        Endpoint to = Endpoint.of(IpAddress.parse(path[0]), there.port());
        assertEquals(0, here.sendSegments(bytes, 0, 20_000, 1473, to));
        assertStreamArrives(there, 20_000, 1473);
        assertTrue(here.segments());
        assertEquals(0, here.sendSegments(bytes, 0, 20_000, 1452, to));
        assertStreamArrives(there, 20_000, 1452);
      }
    }
  }
}
