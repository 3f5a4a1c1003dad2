package dev.noren.tun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.noren.linux.Errno;
import dev.noren.linux.Fd;
import dev.noren.linux.FewDescriptors;
import dev.noren.linux.IfReq;
import dev.noren.linux.LibC;
import dev.noren.linux.LinuxException;
import dev.noren.linux.Netns;
import dev.noren.linux.Unprivileged;
import dev.noren.net.Bytes;
import dev.noren.net.IpAddress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Interfaces made, used and refused; 10.88.0.1 is ours, and 10.88.0.2 is behind the tunnel. */
@Timeout(60)
class LinuxTunIT {
  private static final String NAME = "nrl0";
  private static final String HERE = "10.88.0.1";
  private static final String THERE = "10.88.0.2";
  private static final int TUNSETIFF = 0x400454ca;
  private static final int TUN_WITH_VNET_HEADER = 0x5001;
  private static final int PORT = 9999;

  /** IPv4 and UDP headers, bytes. */
  private static final int HEADERS = 28;

  private static final Executor THREAD = task -> new Thread(task).start();

  private Netns home;

  @BeforeEach
  void make() throws IOException {
    home = Netns.create("tun");
    home.exec("sysctl", "-q", "-w", "net.ipv6.conf.all.disable_ipv6=1");
    home.exec("sysctl", "-q", "-w", "net.ipv6.conf.default.disable_ipv6=1");
  }

  @AfterEach
  void remove() throws IOException {
    home.close();
  }

  private LinuxTun create() throws Exception {
    return home.run(() -> LinuxTun.create(NAME));
  }

  private LinuxTun createUp(int mtuBytes) throws Exception {
    LinuxTun tun = create();
    home.batch(
        "link set " + NAME + " mtu " + mtuBytes + " up", "address add " + HERE + "/24 dev " + NAME);
    return tun;
  }

  private LinuxException refused(String name) {
    ExecutionException e =
        assertThrows(ExecutionException.class, () -> home.run(() -> LinuxTun.create(name)));
    return assertInstanceOf(LinuxException.class, e.getCause());
  }

  private DatagramSocket socket() throws Exception {
    return home.run(() -> new DatagramSocket(PORT, inet(HERE)));
  }

  private static InetAddress inet(String address) throws IOException {
    return InetAddress.getByAddress(IpAddress.parse(address).toBytes());
  }

  private static void send(DatagramSocket socket, byte[] payload) throws IOException {
    socket.send(new DatagramPacket(payload, payload.length, inet(THERE), PORT));
  }

  private static int read(LinuxTun tun, byte[] into) throws IOException {
    while (true) {
      int length = tun.read(into, 0);
      if (length >= 0) {
        return length;
      }
      assertTrue(tun.await());
    }
  }

  /** Sends a packet back to where it came from; no checksum changes by that. */
  private static void swapAddresses(byte[] packet) {
    int source = Bytes.int32(packet, 12);
    Bytes.putInt32(packet, 12, Bytes.int32(packet, 16));
    Bytes.putInt32(packet, 16, source);
  }

  @Test
  void aNewInterfaceIsDownWithTheMtuOfWireGuardAndGoesWithItsOwner() throws Exception {
    LinuxTun tun = create();
    assertEquals(NAME, tun.name());
    assertEquals(1420, tun.mtu());
    String link = home.ip("link", "show", "dev", NAME);
    assertTrue(link.contains("mtu 1420") && link.contains("state DOWN"), link);
    tun.close();
    assertFalse(home.has(NAME));
    assertEquals(-1, tun.read(new byte[100], 0));
    assertFalse(tun.await());
    assertFalse(tun.write(new byte[100], 0, 100));
    tun.close();
  }

  @Test
  void leavesNothingBehindWhenDescriptorsRunOut() throws Exception {
    assertTrue(home.run(() -> FewDescriptors.needed(() -> LinuxTun.create(NAME))) > 1);
    assertFalse(home.has(NAME));
  }

  @Test
  void packetsGoBothWays() throws Exception {
    try (LinuxTun tun = createUp(1420);
        DatagramSocket socket = socket()) {
      byte[] payload = new byte[1420 - HEADERS];
      new Random(2).nextBytes(payload);
      send(socket, payload);
      byte[] packet = new byte[2000];
      assertEquals(1420, read(tun, packet));
      assertEquals(0x45, packet[0]);
      assertEquals(IpAddress.parse(HERE), IpAddress.of(packet, 12, 4));
      assertEquals(IpAddress.parse(THERE), IpAddress.of(packet, 16, 4));
      assertArrayEquals(payload, Arrays.copyOfRange(packet, HEADERS, 1420));
      swapAddresses(packet);
      byte[] shifted = new byte[2000];
      System.arraycopy(packet, 0, shifted, 7, 1420);
      tun.write(shifted, 7, 1420);
      DatagramPacket back = new DatagramPacket(new byte[2000], 2000);
      socket.receive(back);
      assertEquals(inet(THERE), back.getAddress());
      assertArrayEquals(payload, Arrays.copyOf(back.getData(), back.getLength()));
    }
  }

  @Test
  void aPacketOf65535BytesGoesBothWays() throws Exception {
    try (LinuxTun tun = createUp(65535);
        DatagramSocket socket = socket()) {
      byte[] payload = new byte[65535 - HEADERS];
      new Random(3).nextBytes(payload);
      send(socket, payload);
      byte[] packet = new byte[TunDevice.MOST_BYTES];
      assertEquals(65535, read(tun, packet));
      swapAddresses(packet);
      tun.write(packet, 0, 65535);
      DatagramPacket back = new DatagramPacket(new byte[65535], 65535);
      socket.receive(back);
      assertArrayEquals(payload, Arrays.copyOf(back.getData(), back.getLength()));
    }
  }

  @Test
  void packetsStillGoAfterAMoveToAnotherNamespace() throws Exception {
    try (Netns away = Netns.create("tunaway");
        LinuxTun tun = create()) {
      home.ip("link", "set", NAME, "netns", away.name());
      away.batch("link set " + NAME + " up", "address add " + HERE + "/24 dev " + NAME);
      try (DatagramSocket socket = away.run(() -> new DatagramSocket(PORT, inet(HERE)))) {
        send(socket, new byte[] {1, 2, 3});
        byte[] packet = new byte[2000];
        int length = read(tun, packet);
        while (packet[0] != 0x45) {
          length = read(tun, packet);
        }
        assertEquals(HEADERS + 3, length);
        swapAddresses(packet);
        tun.write(packet, 0, length);
        DatagramPacket back = new DatagramPacket(new byte[2000], 2000);
        socket.receive(back);
        assertEquals(3, back.getLength());
      }
    }
  }

  @Test
  void whatIsWrittenWhileDownOrIsNoPacketIsDropped() throws Exception {
    try (LinuxTun tun = create()) {
      byte[] packet = new byte[100];
      packet[0] = 0x45;
      assertFalse(tun.write(packet, 0, 100));
      home.ip("link", "set", NAME, "up");
      assertTrue(tun.write(packet, 0, 100));
      tun.write(packet, 0, 1); // the kernel looks at the version only, and takes it
      packet[0] = 0x75;
      assertFalse(tun.write(packet, 0, 100));
      home.ip("link", "set", NAME, "down");
      packet[0] = 0x45;
      assertFalse(tun.write(packet, 0, 100));
      assertEquals(-1, tun.read(packet, 0));
      assertTrue(home.has(NAME));
    }
  }

  @Test
  void aDeletedInterfaceIsTold() throws Exception {
    try (LinuxTun tun = create()) {
      CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(tun::await, THREAD);
      home.ip("link", "del", NAME);
      assertFalse(waiting.join());
      TunGoneException gone =
          assertThrows(TunGoneException.class, () -> tun.read(new byte[100], 0));
      assertEquals("the interface nrl0 was deleted", gone.getMessage());
      assertThrows(TunGoneException.class, () -> tun.write(new byte[100], 0, 100));
      assertFalse(tun.await());
    }
  }

  @Test
  void anAwaitIsWokenAndClosed() throws Exception {
    LinuxTun tun = create();
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(tun::await, THREAD);
    tun.wake();
    assertFalse(waiting.join());
    waiting = CompletableFuture.supplyAsync(tun::await, THREAD);
    tun.close();
    assertFalse(waiting.join());
    assertFalse(home.has(NAME));
  }

  @Test
  void aTakenNameIsToldWithItsCure() throws Exception {
    String sentence =
        "the interface name nrl0 is in use: choose another, or delete that interface with"
            + " ip link del nrl0";
    try (LinuxTun tun = create()) {
      assertEquals(sentence, refused(NAME).getMessage());
      assertEquals(Errno.EBUSY, refused(NAME).errno());
      assertEquals(NAME, tun.name());
    }
    home.batch("link add " + NAME + " type veth peer name far");
    assertEquals(sentence, refused(NAME).getMessage());
    assertTrue(home.has("far"));
  }

  @Test
  void aMissingRightIsToldWithItsCure() throws Exception {
    ExecutionException e =
        assertThrows(
            ExecutionException.class,
            () -> home.run(() -> Unprivileged.run(() -> LinuxTun.create(NAME))));
    LinuxException refused =
        assertInstanceOf(
            LinuxException.class,
            assertInstanceOf(ExecutionException.class, e.getCause()).getCause());
    assertEquals(Errno.EPERM, refused.errno());
    assertEquals(
        "making the interface nrl0 needs CAP_NET_ADMIN: run as root, or give the program that"
            + " capability",
        refused.getMessage());
    assertFalse(home.has(NAME));
  }

  @Test
  void aLastingInterfaceIsTakenAsItIsAndStays() throws Exception {
    home.batch("tuntap add dev " + NAME + " mode tun", "link set " + NAME + " mtu 1333");
    LinuxTun tun = create();
    assertEquals(1333, tun.mtu());
    tun.close();
    assertTrue(home.has(NAME));
  }

  @Test
  void anOpenTunFileIsTakenOver() throws Exception {
    TunFile file = home.run(() -> TunFile.create(TunFile.PATH, NAME, false));
    home.ip("link", "set", NAME, "mtu", "1444");
    int number = file.fd().acquire();
    try (LinuxTun tun = home.run(() -> LinuxTun.fromFd(number, "another"))) {
      assertEquals(NAME, tun.name());
      assertEquals(1444, tun.mtu());
      assertEquals(-1, tun.read(new byte[100], 0));
    }
    assertFalse(home.has(NAME));
  }

  @Test
  void aTunFileWithHeadersIsRefused() throws Exception {
    try (Fd fd = Fd.open(TunFile.PATH, LibC.O_RDWR)) {
      int number = fd.acquire();
      IfReq request = new IfReq(NAME);
      request.setFlags(TUN_WITH_VNET_HEADER);
      assertEquals(0, home.run(() -> request.ioctl(fd, TUNSETIFF)));
      LinuxException e = assertThrows(LinuxException.class, () -> LinuxTun.fromFd(number, NAME));
      assertEquals(Errno.EINVAL, e.errno());
      assertEquals(
          "the interface nrl0 on file descriptor "
              + number
              + " puts headers before its packets: make it with IFF_TUN and IFF_NO_PI only",
          e.getMessage());
      fd.release();
    }
  }

  @Test
  void aPacketAllocatesNothing() throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (LinuxTun tun = createUp(1420);
        DatagramSocket socket = socket()) {
      byte[] packet = new byte[2000];
      send(socket, new byte[100]);
      int length = read(tun, packet);
      // Written back it comes to the socket, whose queue may run over.
      swapAddresses(packet);
      carry(tun, packet, length, 3000);
      long before = threads.getCurrentThreadAllocatedBytes();
      carry(tun, packet, length, 1000);
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertTrue(allocated < 1000 * 8, allocated + " bytes for 1000 packets");
    }
  }

  private static void carry(LinuxTun tun, byte[] packet, int length, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      tun.write(packet, 0, length);
      tun.read(packet, 1000);
      tun.wake();
      tun.await();
    }
  }
}
