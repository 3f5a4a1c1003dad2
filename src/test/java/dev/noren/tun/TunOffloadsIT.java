package dev.noren.tun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.noren.linux.Fd;
import dev.noren.linux.Ioctl;
import dev.noren.linux.NativeBuffer;
import dev.noren.linux.Netns;
import dev.noren.linux.SockAddr;
import dev.noren.linux.Sockets;
import dev.noren.net.Bytes;
import dev.noren.net.Checksum;
import dev.noren.net.Datagram;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.udp.LinuxUdp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two namespaces whose interfaces are joined by threads that carry packets as they are. */
@Timeout(60)
class TunOffloadsIT {
  private static final String NAME = "nrl0";
  private static final int MTU = 1420;
  private static final int HEADER = TunDevice.VNET_HEADER_BYTES;
  private static final int ALL = 0x67;
  private static final int SIOCETHTOOL = 0x8946;
  private static final int ETHTOOL_GTSO = 0x1e;
  private static final Executor THREAD = task -> new Thread(task).start();

  private Netns home;
  private Netns away;
  private LinuxTun homeTun;
  private LinuxTun awayTun;

  @BeforeEach
  void lay() throws Exception {
    home = Netns.create("gsohome");
    away = Netns.create("gsoaway");
    homeTun = home.run(() -> LinuxTun.create(NAME, true));
    awayTun = away.run(() -> LinuxTun.create(NAME, true));
    up(home, 1);
    up(away, 2);
  }

  private static void up(Netns netns, int last) throws IOException {
    netns.batch(
        "address add 10.89.0." + last + "/24 dev " + NAME,
        "address add 2001:db8:89::" + last + "/64 dev " + NAME + " nodad",
        "link set " + NAME + " up");
  }

  @AfterEach
  void remove() throws IOException {
    homeTun.close();
    awayTun.close();
    try (Netns first = home;
        Netns second = away) {
      assertTrue(first != second);
    }
  }

  private static InetAddress inet(String address) throws IOException {
    return InetAddress.getByAddress(IpAddress.parse(address).toBytes());
  }

  /** Carries what comes out of one interface into the other until the first is closed. */
  private static CompletableFuture<Carried> carry(LinuxTun from, LinuxTun to) {
    return CompletableFuture.supplyAsync(
        () -> {
          Carried carried = new Carried();
          byte[] packet = new byte[HEADER + TunDevice.MOST_BYTES];
          try {
            int length = from.read(packet, 0);
            while (length >= 0 || from.await()) {
              if (length >= 0) {
                carried.note(packet, length);
                to.write(packet, 0, length);
              }
              length = from.read(packet, 0);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return carried;
        },
        THREAD);
  }

  /** The longest packet that was carried. */
  private static final class Carried {
    private byte[] longest = new byte[0];

    void note(byte[] packet, int length) {
      if (length > longest.length) {
        longest = Arrays.copyOf(packet, length);
      }
    }

    /** 16 bits of its header in the machine's order. */
    int header(int offset) {
      return (longest[offset] & 0xff) | (longest[offset + 1] & 0xff) << 8;
    }
  }

  private Carried stop(CompletableFuture<Carried> out, CompletableFuture<Carried> back) {
    homeTun.close();
    awayTun.close();
    back.join();
    return out.join();
  }

  @Test
  void aNewInterfaceHasAllThatTheKernelCan() throws Exception {
    assertEquals(10, homeTun.vnetHeaderBytes());
    assertTrue(homeTun.offloads() == ALL || homeTun.offloads() == 7, "" + homeTun.offloads());
    assertEquals(MTU, homeTun.mtu());
    try (LinuxTun plain = home.run(() -> LinuxTun.create("nrl1", false))) {
      assertEquals(0, plain.vnetHeaderBytes());
      assertEquals(0, plain.offloads());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 10.89.0.2, 1, 20", "2, 2001:db8:89::2, 4, 40"})
  void aTcpStreamTravelsInSuperPackets(int row, String address, int gsoType, int ipHeader)
      throws Exception {
    byte[] stream = new byte[4_000_000];
    new Random(row).nextBytes(stream);
    CompletableFuture<Carried> out = carry(homeTun, awayTun);
    CompletableFuture<Carried> back = carry(awayTun, homeTun);
    try (ServerSocket server = away.run(() -> new ServerSocket(0, 5, inet(address)));
        Socket socket = home.run(() -> new Socket(inet(address), server.getLocalPort()));
        Socket accepted = server.accept()) {
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(
              () -> {
                try {
                  socket.getOutputStream().write(stream);
                  socket.shutdownOutput();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              },
              THREAD);
      assertArrayEquals(stream, accepted.getInputStream().readAllBytes());
      writing.join();
    }
    Carried carried = stop(out, back);
    byte[] packet = carried.longest;
    int tcpHeader = (packet[HEADER + ipHeader + 12] >> 2) & 0x3c;
    int mss = MTU - ipHeader - tcpHeader;
    assertTrue(packet.length > 10 * MTU, packet.length + " bytes at most");
    assertEquals(1, packet[0] & 1, "checksum to be filled in");
    assertEquals(gsoType, packet[1]);
    assertEquals(mss, carried.header(4));
    assertEquals(ipHeader, carried.header(6));
    assertEquals(16, carried.header(8));
  }

  @ParameterizedTest
  @CsvSource({"1, 10.89.0.2, 20", "2, 2001:db8:89::2, 40"})
  void udpSegmentsTravelInSuperPackets(int row, String address, int ipHeader) throws Exception {
    int bit = ipHeader == 20 ? TunDevice.OFFLOAD_UDP4 : TunDevice.OFFLOAD_UDP6;
    assumeTrue((homeTun.offloads() & bit) != 0, "no UDP offload before Linux 6.2");
    byte[] bytes = new byte[50 * 1000 + 300];
    new Random(row).nextBytes(bytes);
    CompletableFuture<Carried> out = carry(homeTun, awayTun);
    CompletableFuture<Carried> back = carry(awayTun, homeTun);
    Datagram datagram = new Datagram();
    try (LinuxUdp there = away.run(() -> LinuxUdp.open(0, 0, true));
        LinuxUdp here = home.run(() -> LinuxUdp.open(0, 0, true))) {
      Endpoint to = Endpoint.of(IpAddress.parse(address), there.port());
      assertEquals(0, here.sendSegments(bytes, 0, bytes.length, 1000, to));
      while (there.receive(datagram) < 0) {
        assertTrue(there.await());
      }
    }
    assertArrayEquals(bytes, Arrays.copyOf(datagram.bytes, datagram.length));
    assertEquals(1000, datagram.segmentBytes);
    Carried carried = stop(out, back);
    assertEquals(HEADER + ipHeader + 8 + bytes.length, carried.longest.length);
    assertEquals(1, carried.longest[0] & 1);
    assertEquals(5, carried.longest[1]);
    assertEquals(1000, carried.header(4));
    assertEquals(ipHeader, carried.header(6));
    assertEquals(6, carried.header(8));
  }

  @Test
  void aPacketWithAHeaderOfZerosPassesAsItIs() throws Exception {
    byte[] payload = new byte[1001];
    new Random(9).nextBytes(payload);
    try (DatagramSocket there = away.run(() -> new DatagramSocket(0, inet("10.89.0.2")));
        DatagramSocket here = home.run(() -> new DatagramSocket(0, inet("10.89.0.1")))) {
      here.send(
          new DatagramPacket(payload, payload.length, inet("10.89.0.2"), there.getLocalPort()));
      byte[] packet = new byte[HEADER + TunDevice.MOST_BYTES];
      int length = nextV4(homeTun, packet);
      assertEquals(HEADER + 28 + payload.length, length);
      assertEquals(1, packet[0], "the kernel left the checksum to us");
      assertEquals(0, packet[1]);
      int udp = HEADER + 20;
      Bytes.putInt16(packet, udp + 6, Checksum.of(packet, udp, length - udp, 0));
      Arrays.fill(packet, 0, HEADER, (byte) 0);
      // A wrong one is dropped: nobody has vouched for it.
      packet[length - 1] ^= 1;
      awayTun.write(packet, 0, length);
      packet[length - 1] ^= 1;
      awayTun.write(packet, 0, length);
      DatagramPacket got = new DatagramPacket(new byte[2000], 2000);
      there.receive(got);
      assertArrayEquals(payload, Arrays.copyOf(got.getData(), got.getLength()));
    }
  }

  private static int nextV4(LinuxTun tun, byte[] packet) throws IOException {
    int length = tun.read(packet, 0);
    while (length < 0 || packet[HEADER] != 0x45) {
      assertTrue(length >= 0 || tun.await());
      length = tun.read(packet, 0);
    }
    return length;
  }

  @Test
  void aHeaderOfNonsenseIsDropped() throws Exception {
    byte[] packet = new byte[100];
    Arrays.fill(packet, (byte) 0xff);
    for (int length : new int[] {1, 9, 10, 11, 29, 100}) {
      homeTun.write(packet, 0, length);
    }
    try (DatagramSocket here = home.run(() -> new DatagramSocket())) {
      here.send(new DatagramPacket(packet, packet.length, inet("10.89.0.2"), 9));
    }
    assertThrows(IOException.class, () -> homeTun.read(packet, 91), "no room for the header");
    assertTrue(home.has(NAME));
  }

  @Test
  void anOpenTunFileWithHeadersIsTakenOverWithThem() throws Exception {
    for (boolean offloads : new boolean[] {true, false}) {
      TunFile file = home.run(() -> TunFile.create(TunFile.PATH, "nrl2", true));
      int number = file.fd().acquire();
      try (LinuxTun tun = home.run(() -> LinuxTun.fromFd(number, "nrl2", offloads))) {
        assertEquals(10, tun.vnetHeaderBytes());
        assertEquals(offloads ? homeTun.offloads() : 0, tun.offloads());
      }
      assertFalse(home.has("nrl2"));
    }
    TunFile bare = home.run(() -> TunFile.create(TunFile.PATH, "nrl2", false));
    int number = bare.fd().acquire();
    try (LinuxTun tun = home.run(() -> LinuxTun.fromFd(number, "nrl2", true))) {
      assertEquals(0, tun.vnetHeaderBytes());
      assertEquals(0, tun.offloads());
    }
  }

  @Test
  void aLastingInterfaceIsLeftWithoutOffloads() throws Exception {
    home.batch("tuntap add dev nrl3 mode tun");
    LinuxTun tun = home.run(() -> LinuxTun.create("nrl3", true));
    assertEquals(1, home.run(() -> tcpOffload("nrl3")));
    tun.close();
    assertEquals(0, home.run(() -> tcpOffload("nrl3")));
    try (LinuxTun plain = home.run(() -> LinuxTun.create("nrl3", false))) {
      assertEquals(0, plain.vnetHeaderBytes());
    }
  }

  /** Asks as ethtool does (linux/ethtool.h): 1 if the interface takes TCP segments in one. */
  private static int tcpOffload(String name) throws IOException {
    NativeBuffer value = new NativeBuffer(8);
    value.putInt(0, ETHTOOL_GTSO);
    NativeBuffer request = NativeBuffer.ofText(name + "\0".repeat(40));
    request.putLong(16, value.address());
    try (Fd socket = Sockets.open(SockAddr.AF_INET, Sockets.SOCK_DGRAM, 0)) {
      assertEquals(0, Ioctl.call(socket, SIOCETHTOOL, request));
      return value.getInt(4);
    } finally {
      value.keep();
    }
  }
}
