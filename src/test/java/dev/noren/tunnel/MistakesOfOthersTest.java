package dev.noren.tunnel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.linux.WithoutIpv6;
import dev.noren.net.Cidr;
import dev.noren.net.Endpoint;
import dev.noren.protocol.Limits;
import dev.noren.protocol.message.Initiation;
import dev.noren.protocol.message.Transport;
import dev.noren.protocol.session.Session;
import dev.noren.tunnel.TunnelChange.AllowedIpChange;
import dev.noren.tunnel.TunnelChange.PeerChange;
import dev.noren.udp.LinuxUdp;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What other implementations got wrong with packets, sessions and their machine, one test each,
 * with whole tunnels.
 */
@Timeout(60)
class MistakesOfOthersTest extends OffloadsOnAndOff {
  private static final int MTU = 1420;
  private static final long TWO_32 = 1L << 32;

  /** 2^64 - 2^13 - 1. */
  private static final long REJECT_AFTER = 0xffff_ffff_ffff_dfffL;

  @Test
  void noPadding() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      Puppet puppet = pair.puppet(3);
      puppet.shakeHands();
      assertPadded(1400, 1408, puppet);
      for (int length = 20; length <= 64; length++) {
        assertPadded(length, (length + 15) / 16 * 16, puppet);
      }
      assertPadded(MTU - 12, MTU - 12, puppet);
      assertPadded(MTU - 11, MTU, puppet);
      assertPadded(MTU, MTU, puppet);
      pair.tunB.link().mtuChanged(1001);
      assertPadded(990, 992, puppet);
      assertPadded(993, 1001, puppet);
      assertPadded(1001, 1001, puppet);

      byte[] packet = puppet.packet(puppet.inner());
      puppet.send(puppet.data(Arrays.copyOf(packet, packet.length + 16)));
      assertArrayEquals(packet, pair.tunB.receive(0), "padding is taken off again");
    }
  }

  /** What b sends for a packet of this length: with zeros behind it, not an older packet's rest. */
  private static void assertPadded(int length, int padded, Puppet puppet) throws IOException {
    byte[] packet = puppet.sendFromB(length);
    byte[] plain = puppet.open(puppet.lastHeard(Transport.TYPE));
    assertArrayEquals(Arrays.copyOf(packet, padded), plain, "a packet of " + length);
  }

  @Test
  void counterOf32Bits() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      Puppet puppet = pair.puppet(3);
      puppet.shakeHands();
      for (long counter : new long[] {TWO_32 - 1, TWO_32, TWO_32 + 1, 1L << 48, Long.MIN_VALUE}) {
        assertTakes(counter, puppet, pair);
      }
      assertDrops(Drop.REPLAYED, TWO_32, puppet, pair);

      pretendSent(TWO_32 - 2, pair.b, puppet);
      for (long counter = TWO_32 - 2; counter < TWO_32 + 2; counter++) {
        byte[] packet = puppet.sendFromB(96);
        byte[] message = puppet.lastHeard(Transport.TYPE);
        assertEquals(counter, Transport.counter(message, 0));
        assertArrayEquals(packet, puppet.open(message));
      }
    }
  }

  private static void assertTakes(long counter, Puppet puppet, TunnelPair pair) throws IOException {
    byte[] packet = puppet.packet(puppet.inner());
    puppet.send(puppet.data(counter, packet));
    assertArrayEquals(packet, pair.tunB.receive(0), "counter " + Long.toUnsignedString(counter));
  }

  private static void assertDrops(Drop reason, long counter, Puppet puppet, TunnelPair pair)
      throws IOException {
    String what = "counter " + Long.toUnsignedString(counter);
    long before = pair.b.drops().get(reason);
    puppet.send(puppet.data(counter, puppet.packet(puppet.inner())));
    assertNull(pair.tunB.receive(0), what);
    assertEquals(before + 1, pair.b.drops().get(reason), what);
  }

  /**
   * Makes a tunnel's session look as if it had sent so many messages, which no test can wait for.
   */
  private static void pretendSent(long messages, Tunnel tunnel, Puppet to) {
    TunnelState state = (TunnelState) read("state", tunnel);
    Session session = state.peers.get(to.key.publicKey()).sessions().current();
    write("sent", session, messages);
  }

  private static Object read(String field, Object of) {
    try {
      return field(field, of).get(of);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static void write(String field, Object of, long value) {
    try {
      field(field, of).setLong(of, value);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static Field field(String name, Object of) throws ReflectiveOperationException {
    Field found = of.getClass().getDeclaredField(name);
    found.setAccessible(true);
    return found;
  }

  @Test
  void noRejectAfterMessages() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      Puppet puppet = pair.puppet(3);
      puppet.shakeHands();
      assertTakes(REJECT_AFTER - 1, puppet, pair);
      assertDrops(Drop.SESSION_EXPIRED, REJECT_AFTER, puppet, pair);
      assertDrops(Drop.SESSION_EXPIRED, -1, puppet, pair);

      pair.pass(Limits.WHITEPAPER.rekeyTimeoutNs());
      pretendSent(REJECT_AFTER - 2, pair.b, puppet);
      List<byte[]> packets = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        packets.add(puppet.sendFromB(96 + 16 * i));
      }
      List<byte[]> sent = puppet.heard(Transport.TYPE);
      assertEquals(2, sent.size(), "the last two counters are used, and no more");
      assertEquals(REJECT_AFTER - 1, Transport.counter(sent.get(1), 0));
      puppet.send(puppet.response(puppet.lastHeard(Initiation.TYPE), PresharedKey.NONE));
      sent = puppet.heard(Transport.TYPE);
      assertEquals(4, sent.size(), "the others wait for new keys");
      for (int i = 2; i < 4; i++) {
        assertEquals(i - 2, Transport.counter(sent.get(i), 0));
        assertArrayEquals(packets.get(i), puppet.open(sent.get(i)));
      }
    }
  }

  @Test
  void windowOf1024() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      Puppet puppet = pair.puppet(3);
      puppet.shakeHands();
      int first = 20_000;
      assertTakes(first, puppet, pair);
      for (int behind : new int[] {1023, 1024, 1025, 2000, 4096, 8127, 8128}) {
        assertTakes(first - behind, puppet, pair);
        assertDrops(Drop.REPLAYED, first - behind, puppet, pair);
      }
      assertDrops(Drop.REPLAYED, first - 8129, puppet, pair);
    }
  }

  @Test
  void innerSourceCheckedPerPeer() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      Puppet wide = pair.puppet(3);
      Puppet narrow = pair.puppet(4);
      pair.b.apply(
          TunnelPair.peers(wide.asPeer(null, "10.7.0.0/16"), narrow.asPeer(null, "10.7.7.0/24")));
      wide.shakeHands();
      narrow.shakeHands();
      assertEquals("10.7.1.1", whoCameAs("10.7.1.1", wide, pair));
      assertEquals("10.7.7.7", whoCameAs("10.7.7.7", narrow, pair));
      assertNull(whoCameAs("10.7.7.7", wide, pair), "in its own prefix, but another's is longer");
      assertNull(whoCameAs("10.7.1.1", narrow, pair));
      assertEquals(2, pair.b.drops().get(Drop.FOREIGN_SOURCE));

      AllowedIpChange gone = new AllowedIpChange(Cidr.parse("10.7.7.0/24"), true);
      PublicKey key = narrow.key.publicKey();
      pair.b.apply(
          TunnelPair.peers(
              new PeerChange(key, false, true, null, null, null, false, List.of(gone))));
      assertEquals("10.7.7.7", whoCameAs("10.7.7.7", wide, pair));
      assertNull(whoCameAs("10.7.7.7", narrow, pair));
    }
  }

  /** The inner source as which a packet came out at b, or null if it did not. */
  private static String whoCameAs(String source, Puppet puppet, TunnelPair pair)
      throws IOException {
    byte[] packet = puppet.packet(source);
    puppet.send(puppet.data(packet));
    return Arrays.equals(packet, pair.tunB.receive(0)) ? source : null;
  }

  @Test
  void crashOnAnOversizedDatagram() throws IOException {
    byte[] huge = new byte[65_535];
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      Puppet puppet = pair.puppet(3);
      puppet.shakeHands();
      for (int type = 0; type <= 5; type++) {
        new Random(type).nextBytes(huge);
        Transport.writeHeader(huge, 0, puppet.sessionAtB(), type);
        huge[0] = (byte) type;
        puppet.send(huge.clone());
      }
      assertEquals(5, pair.b.drops().get(Drop.BAD_LENGTH));
      assertEquals(1, pair.b.drops().get(Drop.BAD_TRANSPORT));
      byte[] genuine = pair.packet(puppet.inner(), "10.0.0.2", 65_535 - Transport.OVERHEAD);
      puppet.send(puppet.data(genuine));
      assertArrayEquals(genuine, pair.tunB.receive(0), "larger than the MTU, but genuine");

      pair.tunB.link().mtuChanged(65_535);
      puppet.sendFromB(65_535);
      assertEquals(1, pair.b.drops().get(Drop.SEND_FAILED), "no UDP datagram holds it");
      byte[] packet = puppet.sendFromB(96);
      assertArrayEquals(packet, puppet.open(puppet.lastHeard(Transport.TYPE)), "and goes on");
    }
  }

  @Test
  void crashOnAnOversizedDatagramFromTheNetwork() throws IOException {
    byte[] longest = new byte[65_507];
    longest[0] = Transport.TYPE;
    try (TunnelPair pair = TunnelPair.overLoopback(LinuxUdp::open);
        DatagramSocket stranger = new DatagramSocket()) {
      InetAddress home = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      int port = pair.b.snapshot().listenPort();
      stranger.send(new DatagramPacket(longest, longest.length, home, port));
      stranger.send(new DatagramPacket(longest, 0, home, port));
      assertTrue(TunnelPair.eventually(() -> pair.b.drops().get(Drop.UNKNOWN_INDEX) == 1));
      assertTrue(TunnelPair.eventually(() -> pair.b.drops().get(Drop.BAD_LENGTH) == 1));
      pair.ping();
    }
  }

  @Test
  void noStartWithoutIpv6() throws IOException {
    List<LinuxUdp> opened = new ArrayList<>();
    UdpOpener opener =
        (port, mark) -> {
          LinuxUdp socket = WithoutIpv6.run(() -> LinuxUdp.open(port, mark));
          synchronized (opened) {
            opened.add(socket);
          }
          return socket;
        };
    try (TunnelPair pair = TunnelPair.overLoopback(opener)) {
      synchronized (opened) {
        assertEquals(2, opened.size());
        assertTrue(opened.stream().noneMatch(LinuxUdp::hasV6), "the filter does not work");
      }
      pair.ping();
      PublicKey other = PrivateKey.generate(new Random(9)).publicKey();
      pair.a.apply(
          TunnelPair.peers(
              TunnelPair.peer(other, PresharedKey.NONE, Endpoint.parse("[::1]:9"), "10.0.0.9/32")));
      pair.tunA.send(pair.packet("10.0.0.1", "10.0.0.9", 60));
      assertTrue(TunnelPair.eventually(() -> pair.a.drops().get(Drop.SEND_FAILED) == 1));
      pair.ping();
    }
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true"})
  void noCleanExitWhenTheTunIsDeleted(boolean isNotified, boolean isSeenByReader)
      throws IOException, InterruptedException {
    try (TunnelPair pair = TunnelPair.create()) {
      pair.ping();
      if (isSeenByReader) {
        pair.tunB.vanish();
      }
      if (isNotified) {
        pair.tunB.link().linkGone();
      }
      assertEquals(Tunnel.End.INTERFACE_GONE, pair.b.awaitEnd());
      pair.tunA.send(pair.packet("10.0.0.1", "10.0.0.2", 60));
      if (isSeenByReader) {
        assertTrue(TunnelPair.eventually(() -> pair.b.drops().get(Drop.TUN_WRITE) == 1));
      }
      pair.b.close();
      assertFalse(isAlive("noren-out b") || isAlive("noren-in b") || isAlive("noren-care b"));
      assertNotNull(pair.net.at("192.0.2.2").open(TunnelPair.B_OUTER.port(), 0), "a free port");
    }
  }

  private static boolean isAlive(String name) {
    Thread[] threads = new Thread[Thread.activeCount() + 10];
    int count = Thread.enumerate(threads);
    return Arrays.stream(threads, 0, count).anyMatch(thread -> thread.getName().equals(name));
  }
}
