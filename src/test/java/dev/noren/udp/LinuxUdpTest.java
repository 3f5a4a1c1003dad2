package dev.noren.udp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.noren.linux.Errno;
import dev.noren.linux.LinuxException;
import dev.noren.net.Datagram;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LinuxUdpTest {
  private static final String HOME4 = "127.0.0.1";
  private static final String HOME6 = "::1";

  private LinuxUdp here;
  private LinuxUdp there;
  private final Datagram datagram = new Datagram();

  @BeforeEach
  void open() throws LinuxException {
    here = LinuxUdp.open(0, 0);
    there = LinuxUdp.open(0, 0);
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  private static Endpoint at(String address, UdpSocket socket) {
    return Endpoint.of(IpAddress.parse(address), socket.port());
  }

  private static InetAddress inet(String address) throws IOException {
    return InetAddress.getByAddress(IpAddress.parse(address).toBytes());
  }

  private static int send(UdpSocket from, String text, Endpoint to) {
    byte[] bytes = ("  " + text).getBytes(StandardCharsets.UTF_8);
    return from.send(bytes, 2, bytes.length - 2, to);
  }

  private String receive(LinuxUdp at) throws IOException {
    while (true) {
      int length = at.receive(datagram);
      if (length >= 0) {
        assertEquals(length, datagram.length);
        return new String(datagram.bytes, 0, length, StandardCharsets.UTF_8);
      }
      assertTrue(at.await());
    }
  }

  @Test
  void carriesOverIpv4AndTellsBothEnds() throws IOException {
    assertEquals(0, send(here, "hello", at(HOME4, there)));
    assertEquals("hello", receive(there));
    Endpoint sender = datagram.toEndpoint();
    assertEquals(IpAddress.parse(HOME4), sender.address());
    assertEquals(here.port(), sender.port());
    assertEquals(IpAddress.parse(HOME4), sender.source());
    assertEquals(1, sender.sourceInterface());
    assertTrue(datagram.isFrom(sender));
  }

  @Test
  void carriesOverIpv6AndTellsBothEnds() throws IOException {
    assumeTrue(here.hasV6() && there.hasV6(), "no IPv6 on this machine");
    assertEquals(0, send(here, "hello", at(HOME6, there)));
    assertEquals("hello", receive(there));
    Endpoint sender = datagram.toEndpoint();
    assertEquals(IpAddress.parse(HOME6), sender.address());
    assertEquals(here.port(), sender.port());
    assertEquals(0, sender.scopeId());
    assertEquals(IpAddress.parse(HOME6), sender.source());
    assertEquals(0, send(there, "back", sender));
    assertEquals("back", receive(here));
  }

  @Test
  void aReplyLeavesFromTheAddressThatWasAddressed() throws IOException {
    for (String mine : new String[] {"127.0.0.2", "127.0.0.3", "127.9.9.9"}) {
      send(here, "who", at(mine, there));
      assertEquals("who", receive(there));
      Endpoint sender = datagram.toEndpoint();
      assertEquals(IpAddress.parse(mine), sender.source());
      assertEquals(0, send(there, "me", sender));
      assertEquals("me", receive(here));
      assertEquals(IpAddress.parse(mine), datagram.sender());
    }
  }

  @Test
  void aSourceThatIsNotOursIsLeftOutAndThatIsTold() throws IOException {
    Endpoint stale =
        new Endpoint(IpAddress.parse(HOME4), there.port(), 0, IpAddress.parse("203.0.113.7"), 1);
    assertEquals(UdpSocket.SENT_WITHOUT_SOURCE, send(here, "roamed", stale));
    assertEquals("roamed", receive(there));
    assertEquals(IpAddress.parse(HOME4), datagram.sender());
  }

  @Test
  void anIpv6SourceThatIsNotOursIsLeftOutAndThatIsTold() throws IOException {
    assumeTrue(here.hasV6() && there.hasV6(), "no IPv6 on this machine");
    for (String source : new String[] {"2001:db8::7", "fe80::7"}) {
      Endpoint stale =
          new Endpoint(IpAddress.parse(HOME6), there.port(), 0, IpAddress.parse(source), 1);
      assertEquals(UdpSocket.SENT_WITHOUT_SOURCE, send(here, "roamed", stale));
      assertEquals("roamed", receive(there));
      assertEquals(IpAddress.parse(HOME6), datagram.sender());
    }
  }

  @Test
  void aSourceOfTheOtherFamilyIsNotUsed() throws IOException {
    Endpoint mixed =
        new Endpoint(IpAddress.parse(HOME4), there.port(), 0, IpAddress.parse(HOME6), 1);
    assertEquals(0, send(here, "mixed", mixed));
    assertEquals("mixed", receive(there));
  }

  @Test
  void theLongestDatagramPassesAndALongerOneIsRefused() throws IOException {
    byte[] longest = new byte[65507];
    new Random(1).nextBytes(longest);
    assertEquals(0, here.send(longest, 0, longest.length, at(HOME4, there)));
    receive(there);
    assertArrayEquals(longest, Arrays.copyOf(datagram.bytes, datagram.length));
    byte[] longer = new byte[65536];
    assertEquals(Errno.EMSGSIZE, here.send(longer, 0, 65508, at(HOME4, there)));
    assertEquals(Errno.EMSGSIZE, here.send(longer, 0, 65536, at(HOME4, there)));
  }

  @Test
  void anEmptyDatagramIsOneToo() throws IOException {
    assertEquals(0, send(here, "", at(HOME4, there)));
    assertEquals("", receive(there));
  }

  @Test
  void aDatagramThatDoesNotFitIsDropped() throws IOException {
    Datagram small = new Datagram(8);
    send(here, "too long!", at(HOME4, there));
    send(here, "12345678", at(HOME4, there));
    int length = there.receive(small);
    while (length < 0) {
      assertTrue(there.await());
      length = there.receive(small);
    }
    assertEquals(8, length);
    assertEquals("12345678", new String(small.bytes, StandardCharsets.UTF_8));
  }

  @Test
  void nothingThereIsSaid() throws IOException {
    assertEquals(-1, here.receive(datagram));
    assertEquals(-1, here.receive(datagram));
  }

  @Test
  void aFloodOnOneFamilyDoesNotStarveTheOther() throws IOException {
    assumeTrue(here.hasV6() && there.hasV6(), "no IPv6 on this machine");
    for (int i = 0; i < 50; i++) {
      send(here, "four", at(HOME4, there));
    }
    send(here, "six", at(HOME6, there));
    send(here, "six", at(HOME6, there));
    assertTrue(there.await());
    StringBuilder order = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      order.append(receive(there)).append(' ');
    }
    assertEquals("four six four six four ", order.toString());
  }

  @Test
  void anIcmpErrorDisturbsNeitherSendNorReceive() throws IOException {
    int closed;
    try (LinuxUdp gone = LinuxUdp.open(0, 0)) {
      closed = gone.port();
    }
    for (int i = 0; i < 3; i++) {
      assertEquals(0, send(here, "nobody", Endpoint.of(IpAddress.parse(HOME4), closed)));
    }
    assertEquals(-1, here.receive(datagram));
    send(there, "still here", at(HOME4, here));
    assertEquals("still here", receive(here));
  }

  @Test
  void aTakenPortIsNamed() {
    LinuxException taken = assertThrows(LinuxException.class, () -> LinuxUdp.open(here.port(), 0));
    assertEquals(Errno.EADDRINUSE, taken.errno());
    assertEquals(
        "UDP port "
            + here.port()
            + " is taken by another program: stop that, or choose another ListenPort",
        taken.getMessage());
  }

  @Test
  void aPortTakenInIpv6OnlyIsNamedAndLeavesNothingOpen() throws IOException {
    assumeTrue(here.hasV6(), "no IPv6 on this machine");
    // Java's socket on ::1 takes the IPv6 port alone.
    InetSocketAddress six = new InetSocketAddress(inet(HOME6), 0);
    try (DatagramSocket other = new DatagramSocket(six)) {
      int port = other.getLocalPort();
      LinuxException taken = assertThrows(LinuxException.class, () -> LinuxUdp.open(port, 0));
      assertEquals(Errno.EADDRINUSE, taken.errno());
      InetSocketAddress four = new InetSocketAddress(inet(HOME4), port);
      new DatagramSocket(four).close();
    }
  }

  @Test
  void otherProgramsAreUnderstood() throws IOException {
    InetSocketAddress any = new InetSocketAddress(inet(HOME4), 0);
    try (DatagramSocket plain = new DatagramSocket(any)) {
      byte[] bytes = {1, 2, 3};
      plain.send(new DatagramPacket(bytes, 3, inet(HOME4), here.port()));
      receive(here);
      assertArrayEquals(bytes, Arrays.copyOf(datagram.bytes, datagram.length));
      assertEquals(plain.getLocalPort(), datagram.senderPort());
    }
  }

  @Test
  void aWakeEndsAnAwait() {
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(here::await);
    here.wake();
    assertFalse(waiting.join());
  }

  @Test
  void closingEndsAnAwaitAndAllElse() throws IOException {
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(here::await);
    here.close();
    assertFalse(waiting.join());
    assertFalse(here.await());
    assertEquals(-1, here.receive(datagram));
    assertEquals(Errno.EBADF, send(here, "late", at(HOME4, there)));
    LinuxUdp.open(here.port(), 0).close();
  }

  @Test
  void aPacketAllocatesNothing() throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] bytes = new byte[1200];
    Endpoint to = at(HOME4, there);
    carry(bytes, to, 3000);
    long before = threads.getCurrentThreadAllocatedBytes();
    carry(bytes, to, 1000);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 1000 * 8, allocated + " bytes for 1000 datagrams");
  }

  private void carry(byte[] bytes, Endpoint to, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      here.send(bytes, 0, bytes.length, to);
      while (there.receive(datagram) < 0) {
        there.await();
      }
    }
  }
}
