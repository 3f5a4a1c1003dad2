package dev.noren.udp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several datagrams in one call over loopback: with offloads from fast, to fast and to plain. */
@Timeout(30)
class UdpSegmentsTest {
  private static final String HOME4 = "127.0.0.1";
  private static final int SO_NO_CHECK = 11;
  private static final int GUARD = 5;

  private LinuxUdp from;
  private LinuxUdp fast;
  private LinuxUdp plain;
  private final Datagram datagram = new Datagram();
  private final byte[] bytes = new byte[70_000];

  @BeforeEach
  void open() throws LinuxException {
    from = LinuxUdp.open(0, 0, true);
    fast = LinuxUdp.open(0, 0, true);
    plain = LinuxUdp.open(0, 0);
    new Random(7).nextBytes(bytes);
  }

  @AfterEach
  void close() {
    from.close();
    fast.close();
    plain.close();
  }

  private static Endpoint at(String address, UdpSocket socket) {
    return Endpoint.of(IpAddress.parse(address), socket.port());
  }

  private static Endpoint sourced(String address, UdpSocket socket, String source) {
    IpAddress local = source == null ? null : IpAddress.parse(source);
    return new Endpoint(IpAddress.parse(address), socket.port(), 0, local, 0);
  }

  private void receive(LinuxUdp at) throws IOException {
    while (at.receive(datagram) < 0) {
      assertTrue(at.await());
    }
  }

  private int send(int length, int segmentBytes, Endpoint to) {
    return from.sendSegments(bytes, GUARD, length, segmentBytes, to);
  }

  private void assertWhole(int length, int segmentBytes) throws IOException {
    receive(fast);
    assertEquals(length, datagram.length);
    assertEquals(segmentBytes, datagram.segmentBytes);
    assertArrayEquals(
        Arrays.copyOfRange(bytes, GUARD, GUARD + length), Arrays.copyOf(datagram.bytes, length));
  }

  private void assertPieces(int length, int segmentBytes) throws IOException {
    for (int at = 0; at < length; at += segmentBytes) {
      receive(plain);
      int one = Math.min(segmentBytes, length - at);
      assertEquals(one, datagram.length);
      assertEquals(0, datagram.segmentBytes);
      assertArrayEquals(
          Arrays.copyOfRange(bytes, GUARD + at, GUARD + at + one),
          Arrays.copyOf(datagram.bytes, one));
    }
  }

  @Test
  void offloadsAreOnWhereAskedFor() {
    assertTrue(from.segments());
    assertTrue(from.merges());
    assertFalse(plain.segments());
    assertFalse(plain.merges());
  }

  @ParameterizedTest
  @CsvSource({
    // row, to, source, length, segment bytes
    "1, 127.0.0.1, , 64000, 1000",
    "2, 127.0.0.1, 127.0.0.5, 64000, 1000",
    "3, ::1, , 64000, 1000",
    "4, ::1, ::1, 64000, 1000",
    "5, 127.0.0.1, , 65473, 1452",
    "6, ::1, ::1, 65473, 1452",
    "7, 127.0.0.1, , 2, 1",
    "8, 127.0.0.1, , 64, 1",
    "9, ::1, , 65000, 64999",
    "10, 127.0.0.1, 127.0.0.1, 1001, 1000",
  })
  void arriveOneByOneAtAPlainSocketAndWholeAtAFastOne(
      int row, String to, String source, int length, int segmentBytes) throws IOException {
    assumeTrue(from.hasV6(), "no IPv6 on this machine");
    assertEquals(0, send(length, segmentBytes, sourced(to, plain, source)), "row " + row);
    assertPieces(length, segmentBytes);
    assertEquals(0, send(length, segmentBytes, sourced(to, fast, source)), "row " + row);
    assertWhole(length, segmentBytes);
    if (source != null) {
      assertEquals(IpAddress.parse(source), datagram.sender());
    }
    Endpoint sender = datagram.toEndpoint();
    assertEquals(from.port(), sender.port());
    assertEquals(IpAddress.parse(to), sender.source());
    assertTrue(from.segments());
  }

  @Test
  void boundariesAreExactWhateverCameBefore() throws IOException {
    int[][] rows = {
      {5300, 1000}, {2100, 700}, {50, 50}, {51, 50}, {65000, 1024}, {9, 100}, {0, 10}, {4096, 64},
    };
    for (int[] row : rows) {
      assertEquals(0, send(row[0], row[1], at(HOME4, fast)));
    }
    for (int[] row : rows) {
      assertWhole(row[0], row[1] < row[0] ? row[1] : 0);
    }
    assertEquals(-1, fast.receive(datagram));
  }

  @Test
  void theMostIsTaken() throws IOException {
    for (String to : new String[] {HOME4, "::1"}) {
      int most = UdpSocket.MOST_SEGMENTS_BYTES;
      assertEquals(0, send(most, 1024, at(to, plain)));
      assertPieces(most, 1024);
    }
    assertTrue(from.segments());
  }

  @Test
  void whatIsTooMuchIsRefused() {
    for (LinuxUdp udp : new LinuxUdp[] {from, plain}) {
      Endpoint to = at(HOME4, fast);
      assertEquals(Errno.EMSGSIZE, udp.sendSegments(bytes, 0, 65, 1, to));
      assertEquals(Errno.EMSGSIZE, udp.sendSegments(bytes, 0, 64001, 1000, to));
      assertEquals(Errno.EMSGSIZE, udp.sendSegments(bytes, 0, 65508, 1452, to));
      assertEquals(Errno.EMSGSIZE, udp.sendSegments(bytes, 0, 65508, 65508, to));
      assertEquals(Errno.EMSGSIZE, udp.sendSegments(bytes, 0, 10, 0, to));
      assertEquals(Errno.EMSGSIZE, udp.sendSegments(bytes, 0, 10, -1, to));
    }
    assertTrue(from.segments());
  }

  @Test
  void withoutOffloadsTheSameArrives() throws IOException {
    Endpoint to = at(HOME4, fast);
    assertEquals(0, plain.sendSegments(bytes, 0, 2500, 1000, to));
    for (int length : new int[] {1000, 1000, 500}) {
      receive(fast);
      assertEquals(length, datagram.length);
      assertEquals(0, datagram.segmentBytes);
    }
    assertEquals(-1, fast.receive(datagram));
  }

  @Test
  void aSourceThatIsNotOursIsLeftOutAndThatIsTold() throws IOException {
    String[][] rows = {{HOME4, "203.0.113.7"}, {"::1", "2001:db8::7"}};
    for (String[] row : rows) {
      for (LinuxUdp udp : new LinuxUdp[] {from, plain}) {
        Endpoint stale = sourced(row[0], plain, row[1]);
        int result = udp.sendSegments(bytes, GUARD, 5500, 1000, stale);
        assertEquals(UdpSocket.SENT_WITHOUT_SOURCE, result);
        assertPieces(5500, 1000);
        assertEquals(IpAddress.parse(row[0]), datagram.sender());
      }
    }
    assertTrue(from.segments());
  }

  @Test
  void aSocketThatRefusesSegmentsSendsThemOneByOneForGood() throws IOException {
    // Without checksums the kernel does not cut.
    from.setOption(1, SO_NO_CHECK, 1);
    assertEquals(0, send(3500, 1400, at(HOME4, plain)));
    assertPieces(3500, 1400);
    assertTrue(from.segments(), "segments as long may be too long for the path");
    assertEquals(0, send(3500, 1000, at(HOME4, plain)));
    assertPieces(3500, 1000);
    assertFalse(from.segments());
    from.setOption(1, SO_NO_CHECK, 0);
    assertEquals(0, send(3500, 1000, at(HOME4, fast)));
    receive(fast);
    assertEquals(1000, datagram.length);
    assertFalse(from.segments());
  }

  @Test
  void aRefusalThatHasNothingToDoWithSegmentsIsTold() {
    Endpoint nowhere = Endpoint.of(IpAddress.parse("255.255.255.255"), 9);
    assertEquals(Errno.EACCES, send(3000, 1000, nowhere));
    assertTrue(from.segments());
    from.close();
    assertEquals(Errno.EBADF, send(3000, 1000, at(HOME4, plain)));
  }

  @Test
  void severalThatDoNotFitAreDropped() throws IOException {
    Datagram small = new Datagram(2999);
    assertEquals(0, send(3000, 1000, at(HOME4, fast)));
    assertEquals(0, send(2999, 1000, at(HOME4, fast)));
    int length = fast.receive(small);
    while (length < 0) {
      assertTrue(fast.await());
      length = fast.receive(small);
    }
    assertEquals(2999, length);
    assertEquals(1000, small.segmentBytes);
    small.from(false, 0, 1, 1, 0);
    assertEquals(0, small.segmentBytes);
  }

  @Test
  void segmentsAllocateNothing() throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Endpoint to = at(HOME4, fast);
    carry(to, 3000);
    long before = threads.getCurrentThreadAllocatedBytes();
    carry(to, 1000);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 1000 * 8, allocated + " bytes for 1000 times 4 datagrams");
  }

  private void carry(Endpoint to, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      send(5000, 1400, to);
      while (fast.receive(datagram) < 0) {
        fast.await();
      }
    }
  }
}
