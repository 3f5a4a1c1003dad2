package dev.noren.tunnel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.TransportAeads;
import dev.noren.linux.Errno;
import dev.noren.net.Datagram;
import dev.noren.net.Endpoint;
import dev.noren.protocol.Limits;
import dev.noren.protocol.message.Initiation;
import dev.noren.protocol.message.Response;
import dev.noren.protocol.message.Transport;
import dev.noren.tun.TunGoneException;
import dev.noren.tunnel.TunnelChange.PeerChange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two whole tunnels in memory, seen by an eavesdropper. */
class TunnelTest extends OffloadsOnAndOff {
  private static final long QUIET_MS = 150;

  @AfterEach
  void noThreadIsLeftBehind() {
    assertTrue(
        TunnelPair.eventually(() -> tunnelThreads().isEmpty()),
        () -> "still alive: " + tunnelThreads());
  }

  private static List<String> tunnelThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("noren-"))
        .collect(Collectors.toList());
  }

  @Test
  void carriesPacketsBothWaysAfterOneHandshake() throws IOException {
    try (TunnelPair pair = TunnelPair.create()) {
      pair.ping();
      pair.ping();
      assertEquals(1, pair.net.count(Initiation.TYPE));
      assertEquals(1, pair.net.count(Response.TYPE));
    }
  }

  @Test
  void nothingOfAPacketIsSeenOutside() throws IOException {
    try (TunnelPair pair = TunnelPair.create()) {
      byte[] secret = pair.packet("10.0.0.1", "10.0.0.2", 600);
      pair.tunA.send(secret);
      assertNotNull(pair.tunB.receive(5000));
      byte[] part = Arrays.copyOfRange(secret, 100, 116);
      for (MemoryNet.Seen seen : pair.net.seen()) {
        assertEquals(-1, indexOf(seen.bytes(), part));
      }
    }
  }

  @Test
  void carriesIpv6AndEveryLengthUpToTheMtuPaddedTo16() throws IOException {
    try (TunnelPair pair = TunnelPair.create()) {
      for (int length = 40; length <= 1420; length += 69) {
        byte[] packet = pair.packet("fd00::1", "fd00::2", length);
        pair.tunA.send(packet);
        assertArrayEquals(packet, pair.tunB.receive(5000), "length " + length);
      }
      byte[] full = pair.packet("fd00::1", "fd00::2", 1420);
      pair.tunA.send(full);
      assertArrayEquals(full, pair.tunB.receive(5000));
      for (MemoryNet.Seen seen : pair.net.seen()) {
        if (seen.type() == Transport.TYPE) {
          int inner = seen.bytes().length - 32;
          assertTrue(inner % 16 == 0 || inner == 1420, "padding: " + inner);
        }
      }
    }
  }

  @Test
  void aFloodOfMixedPacketsSurvivesLossDuplicationReorderingAndCorruption() throws IOException {
    long seed = System.nanoTime();
    try (TunnelPair pair = TunnelPair.create(Limits.WHITEPAPER, seed)) {
      pair.ping();
      pair.net.trouble(10, 10, 10, 10);
      List<byte[]> sent = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        byte[] packet = pair.packet("10.0.0.1", "10.0.0.2", 60 + i % 1300);
        sent.add(packet);
        pair.tunA.send(packet);
      }
      pair.calm();
      List<byte[]> got = new ArrayList<>();
      for (byte[] packet = pair.tunB.receive(0); packet != null; packet = pair.tunB.receive(0)) {
        got.add(packet);
      }
      assertTrue(got.size() > 1300 && got.size() < 1900, got.size() + " arrived, seed " + seed);
      List<String> original = sent.stream().map(Arrays::toString).toList();
      List<String> arrived = got.stream().map(Arrays::toString).toList();
      assertEquals(arrived.size(), arrived.stream().distinct().count(), "twice, seed " + seed);
      assertTrue(original.containsAll(arrived), "changed, seed " + seed);
      assertTrue(pair.b.drops().get(Drop.REPLAYED) > 0, "duplicates are counted");
      assertTrue(pair.b.drops().get(Drop.BAD_TRANSPORT) > 0, "forgeries are counted");
      pair.net.trouble(0, 0, 0, 0);
      pair.calm();
      while (pair.tunB.receive(0) != null) {
        // What was held back for reordering.
      }
      pair.ping();
    }
  }

  @Test
  void packetsThatWaitForTheHandshakeLeaveInOrder() throws IOException {
    try (TunnelPair pair = TunnelPair.create()) {
      List<byte[]> sent = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        sent.add(pair.packet("10.0.0.1", "10.0.0.2", 100 + i));
      }
      sent.forEach(pair.tunA::send);
      for (byte[] packet : sent) {
        assertArrayEquals(packet, pair.tunB.receive(5000));
      }
    }
  }

  @Test
  void aPacketNeverOvertakesThoseThatWaitedForTheHandshake() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      pair.net.stall(TunnelPair.B_OUTER);
      List<byte[]> sent = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        sent.add(pair.packet("10.0.0.1", "10.0.0.2", 100));
      }
      sent.forEach(pair.tunA::send);
      assertTrue(TunnelPair.eventually(pair.net::isStalling), "b wants to respond");
      assertTrue(TunnelPair.eventually(pair.tunA::isIdle), "a has staged them");
      pair.net.stall(TunnelPair.A_OUTER);
      assertTrue(TunnelPair.eventually(() -> pair.net.count(Response.TYPE) == 1));
      assertTrue(TunnelPair.eventually(pair.net::isStalling), "a sends the first of them");
      for (int i = 0; i < 20; i++) {
        byte[] packet = pair.packet("10.0.0.1", "10.0.0.2", 200);
        sent.add(packet);
        pair.tunA.send(packet);
      }
      assertTrue(TunnelPair.eventually(() -> pair.tunA.waiting() < 20), "a has read the next one");
      pair.net.stall(null);
      for (byte[] packet : sent) {
        assertArrayEquals(packet, pair.tunB.receive(5000));
      }
    }
  }

  @Test
  void moreThan128StagedPacketsPushOutTheOldest() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      pair.net.cut(true);
      for (int i = 0; i < 200; i++) {
        pair.tunA.send(pair.packet("10.0.0.1", "10.0.0.2", 100 + i));
      }
      assertTrue(
          TunnelPair.eventually(() -> pair.a.drops().get(Drop.STAGED_OVERFLOW) == 72),
          () -> pair.a.drops().toString());
      assertTrue(TunnelPair.eventually(() -> pair.net.count(Initiation.TYPE) == 1));
      pair.net.cut(false);
      pair.pass(TimeUnit.MILLISECONDS.toNanos(5400));
      byte[] first = pair.tunB.receive(5000);
      assertNotNull(first);
      assertEquals(172, first.length, "packets 0 to 71 were dropped");
    }
  }

  @Test
  void aKeyIsRotatedAfter120SecondsByTheInitiatorWhenItSends() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      pair.ping();
      pair.settle();
      pair.pass(TimeUnit.SECONDS.toNanos(90));
      pair.ping();
      assertEquals(1, pair.net.count(Initiation.TYPE), "100 s: no needless rekey");
      pair.settle();
      pair.pass(TimeUnit.SECONDS.toNanos(11));
      pair.ping();
      assertTrue(TunnelPair.eventually(() -> pair.net.count(Response.TYPE) == 2));
      pair.ping();
      assertEquals(2, pair.net.count(Initiation.TYPE));
      assertTrue(
          pair.net.seen().stream()
              .filter(seen -> seen.type() == Initiation.TYPE)
              .allMatch(seen -> seen.from().sameRemote(TunnelPair.A_OUTER)),
          "a initiates");
    }
  }

  @Test
  void theInitiatorWhoOnlyReceivesRekeysBefore180Seconds() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      pair.ping();
      pair.settle();
      pair.pass(TimeUnit.SECONDS.toNanos(156));
      byte[] packet = pair.packet("10.0.0.2", "10.0.0.1", 90);
      pair.tunB.send(packet);
      assertArrayEquals(packet, pair.tunA.receive(5000));
      assertTrue(TunnelPair.eventually(() -> pair.net.count(Response.TYPE) == 2));
    }
  }

  @Test
  void aSessionOf180SecondsIsNotUsedAndANewOneIsMade() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      pair.ping();
      pair.settle();
      pair.pass(TimeUnit.SECONDS.toNanos(171));
      pair.ping();
      assertEquals(2, pair.net.count(Response.TYPE));
    }
  }

  @Test
  void keysAreWipedAfter540SecondsOfSilence() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      pair.ping();
      MemoryNet.Seen old =
          pair.net.seen().stream()
              .filter(seen -> seen.type() == Transport.TYPE)
              .reduce((first, second) -> second)
              .orElseThrow();
      pair.settle();
      pair.pass(TimeUnit.SECONDS.toNanos(531));
      assertTrue(
          TunnelPair.eventually(
              () -> {
                pair.net.send(old.from(), old.to(), old.bytes());
                return pair.a.drops().get(Drop.UNKNOWN_INDEX) > 0;
              }),
          () -> pair.a.drops().toString());
    }
  }

  @Test
  void anUnansweredHandshakeIsRetriedWithAnotherIndexAndGivenUpAfter90Seconds() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      pair.net.cut(true);
      pair.tunA.send(pair.packet("10.0.0.1", "10.0.0.2", 100));
      for (int i = 1; i <= 20; i++) {
        int sent = i;
        assertTrue(
            TunnelPair.eventually(() -> pair.net.count(Initiation.TYPE) >= sent),
            "initiation " + i);
        pair.pass(TimeUnit.MILLISECONDS.toNanos(5340));
      }
      assertTrue(
          TunnelPair.eventually(() -> pair.a.drops().get(Drop.HANDSHAKE_GIVEN_UP) == 1),
          () -> pair.a.drops().toString());
      pair.pass(TimeUnit.SECONDS.toNanos(30));
      List<MemoryNet.Seen> sent = pair.net.seen();
      assertEquals(20, sent.size(), "the first and 19 retries");
      assertEquals(
          20,
          sent.stream()
              .map(seen -> Arrays.toString(Arrays.copyOfRange(seen.bytes(), 4, 8)))
              .distinct()
              .count(),
          "a fresh index each");
    }
  }

  @Test
  void aPresharedKeyMustBeTheSame() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      PresharedKey psk = PresharedKey.generate(new Random(7));
      pair.a.apply(TunnelPair.peers(pair.peerOfA(psk)));
      pair.tunA.send(pair.packet("10.0.0.1", "10.0.0.2", 100));
      assertTrue(
          TunnelPair.eventually(() -> pair.a.drops().get(Drop.BAD_HANDSHAKE) >= 1),
          () -> pair.a.drops().toString());
      assertNull(pair.tunB.receive(QUIET_MS));
      pair.b.apply(TunnelPair.peers(pair.peerOfB(psk)));
      pair.pass(TimeUnit.MILLISECONDS.toNanos(5400));
      assertNotNull(pair.tunB.receive(5000), "the staged packet, with the key on both sides");
      pair.ping();
    }
  }

  @Test
  void aNewPrivateKeyStartsAfresh() throws IOException {
    try (TunnelPair pair = TunnelPair.create()) {
      pair.ping();
      PrivateKey fresh = PrivateKey.generate(new Random(8));
      pair.b.apply(
          TunnelPair.peers(
              TunnelPair.peer(
                  fresh.publicKey(),
                  PresharedKey.NONE,
                  TunnelPair.A_OUTER,
                  "10.0.0.1/32",
                  "fd00::1/128")));
      pair.a.apply(pair.device(fresh, TunnelPair.A_OUTER.port()));
      pair.ping();
      assertEquals(2, pair.net.count(Response.TYPE));
    }
  }

  @Test
  void aForeignInnerSourceIsDroppedAndCounted() throws IOException {
    try (TunnelPair pair = TunnelPair.create()) {
      pair.ping();
      pair.tunA.send(pair.packet("10.9.9.9", "10.0.0.2", 100));
      assertTrue(TunnelPair.eventually(() -> pair.b.drops().get(Drop.FOREIGN_SOURCE) == 1));
      assertNull(pair.tunB.receive(QUIET_MS));
    }
  }

  @Test
  void aPacketForNobodyIsAnsweredUnreachable() throws IOException {
    try (TunnelPair pair = TunnelPair.create()) {
      pair.tunA.send(pair.packet("10.0.0.1", "10.77.0.1", 100));
      byte[] answer = pair.tunA.receive(5000);
      assertNotNull(answer);
      assertEquals(3, answer[20], "ICMP destination unreachable");
      assertEquals(1, pair.a.drops().get(Drop.NO_PEER));
      assertTrue(pair.net.seen().isEmpty());
    }
  }

  @Test
  void aRemovedPeerIsGoneAtOnceAndAnAddedOneThere() throws IOException {
    try (TunnelPair pair = TunnelPair.create()) {
      pair.ping();
      pair.a.apply(
          TunnelPair.peers(
              new TunnelChange.PeerChange(
                  pair.keyB.publicKey(), true, false, null, null, null, false, List.of())));
      pair.tunB.send(pair.packet("10.0.0.2", "10.0.0.1", 100));
      assertNull(pair.tunA.receive(QUIET_MS));
      assertEquals(0, pair.a.snapshot().peers().size());
      pair.a.apply(TunnelPair.peers(pair.peerOfA(PresharedKey.NONE)));
      pair.ping();
    }
  }

  @Test
  void ourOwnPublicKeyIsSilentlyLeftOut() throws IOException {
    try (TunnelPair pair = TunnelPair.create()) {
      pair.a.apply(
          TunnelPair.peers(
              TunnelPair.peer(
                  pair.keyA.publicKey(), PresharedKey.NONE, TunnelPair.A_OUTER, "10.5.0.0/16")));
      assertEquals(1, pair.a.snapshot().peers().size());
      pair.a.apply(pair.device(pair.keyB, TunnelPair.A_OUTER.port()));
      assertEquals(0, pair.a.snapshot().peers().size(), "the peer that became ourselves");
    }
  }

  @Test
  void followsAPeerToANewAddressButNotForAReplay() throws IOException {
    try (TunnelPair pair = TunnelPair.create()) {
      pair.ping();
      MemoryNet.Seen old =
          pair.net.seen().stream()
              .filter(seen -> seen.type() == Transport.TYPE)
              .filter(seen -> seen.from().sameRemote(TunnelPair.A_OUTER))
              .findFirst()
              .orElseThrow();
      Endpoint attacker = Endpoint.parse("203.0.113.66:666");
      pair.net.send(attacker, old.to(), old.bytes());
      assertTrue(TunnelPair.eventually(() -> pair.b.drops().get(Drop.REPLAYED) == 1));
      assertTrue(pair.b.snapshot().peers().get(0).endpoint().sameRemote(TunnelPair.A_OUTER));
      pair.a.apply(pair.device(pair.keyA, 1234));
      pair.ping();
      assertEquals("192.0.2.1:1234", pair.b.snapshot().peers().get(0).endpoint().toString());
    }
  }

  @Test
  void downWipesKeysAndUpShakesHandsAgain() throws IOException {
    try (TunnelPair pair = TunnelPair.create()) {
      pair.ping();
      pair.a.down();
      pair.tunB.send(pair.packet("10.0.0.2", "10.0.0.1", 100));
      assertNull(pair.tunA.receive(QUIET_MS));
      pair.a.up();
      pair.ping();
      assertEquals(2, pair.net.count(Response.TYPE));
    }
  }

  @Test
  void aTakenPortChangesNothing() throws IOException {
    try (TunnelPair pair = TunnelPair.create();
        var other = pair.net.at("192.0.2.1").open(555, 0)) {
      assertEquals(555, other.port());
      pair.ping();
      TunnelChange change = new TunnelChange(null, false, 555, 9, true, List.of());
      IOException error = assertThrows(IOException.class, () -> pair.a.apply(change));
      assertTrue(error.getMessage().contains("555"));
      assertEquals(1000, pair.a.snapshot().listenPort());
      assertEquals(0, pair.a.snapshot().mark());
      pair.ping();
    }
  }

  @Test
  void persistentKeepalivesStartAtOnceAndKeepTheirInterval() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      pair.a.apply(
          TunnelPair.peers(
              new TunnelChange.PeerChange(
                  pair.keyB.publicKey(), false, false, null, null, 25, false, List.of())));
      assertTrue(TunnelPair.eventually(() -> pair.net.count(Response.TYPE) == 1));
      assertTrue(TunnelPair.eventually(() -> pair.net.count(Transport.TYPE) == 1));
      pair.pass(TimeUnit.SECONDS.toNanos(10));
      assertEquals(1, pair.net.count(Transport.TYPE));
      pair.pass(TimeUnit.SECONDS.toNanos(16));
      assertTrue(TunnelPair.eventually(() -> pair.net.count(Transport.TYPE) == 2));
      assertTrue(
          pair.net.seen().stream()
              .filter(seen -> seen.type() == Transport.TYPE)
              .allMatch(seen -> seen.bytes().length == 32));
    }
  }

  @Test
  void bothMayInitiateAtTheSameMoment() throws IOException {
    for (int seed = 1; seed <= 20; seed++) {
      try (TunnelPair pair = TunnelPair.create(Limits.WHITEPAPER, seed)) {
        pair.tunA.send(pair.packet("10.0.0.1", "10.0.0.2", 100));
        pair.tunB.send(pair.packet("10.0.0.2", "10.0.0.1", 100));
        assertNotNull(pair.tunB.receive(5000), "seed " + seed);
        assertNotNull(pair.tunA.receive(5000), "seed " + seed);
        pair.ping();
      }
    }
  }

  @Test
  void aHandshakeThatArrivesWhileItIsDownMakesNoSession() throws IOException {
    try (TunnelPair pair = TunnelPair.create()) {
      pair.a.down();
      pair.tunB.send(pair.packet("10.0.0.2", "10.0.0.1", 100));
      assertTrue(TunnelPair.eventually(() -> pair.net.count(Initiation.TYPE) == 1));
      byte[] initiation = pair.net.seen().get(0).bytes();
      Datagram late = new Datagram();
      System.arraycopy(initiation, 0, late.bytes, 0, initiation.length);
      late.length = initiation.length;
      late.from(false, 0, TunnelPair.B_OUTER.address().low(), TunnelPair.B_OUTER.port(), 0);
      pair.a.receive(late);
      pair.a.apply(TunnelPair.peers());
      pair.a.apply(TunnelPair.peers());
      assertEquals(0, pair.a.snapshot().peers().get(0).receivedBytes());
    }
  }

  @Test
  void bytesThatTheNetworkDoesNotTakeAreNotCountedAsSent() throws IOException {
    try (TunnelPair pair = TunnelPair.create()) {
      pair.ping();
      pair.calm();
      long before = pair.a.snapshot().peers().get(0).sentBytes();
      pair.net.refuse(Errno.ENETUNREACH);
      pair.tunA.send(pair.packet("10.0.0.1", "10.0.0.2", 100));
      assertTrue(TunnelPair.eventually(() -> pair.a.drops().get(Drop.SEND_FAILED) == 1));
      assertEquals(before, pair.a.snapshot().peers().get(0).sentBytes());
      pair.net.refuse(0);
      pair.ping();
    }
  }

  @Test
  void dataPacketsAskForNoChance() throws IOException {
    try (TunnelPair pair = TunnelPair.create()) {
      pair.ping();
      pair.ping();
      int before = pair.draws.get();
      for (int i = 0; i < 50; i++) {
        pair.ping();
      }
      assertEquals(before, pair.draws.get());
    }
  }

  @Test
  void anInterfaceThatCannotBeReadIsAFailureAndADeletedOneIsNot() throws Exception {
    try (TunnelPair pair = TunnelPair.create()) {
      pair.tunA.fail(new IOException("broken"));
      assertEquals(Tunnel.End.FAILED, pair.a.awaitEnd());
      pair.tunB.fail(new TunGoneException("b"));
      assertEquals(Tunnel.End.INTERFACE_GONE, pair.b.awaitEnd());
      for (Tunnel dead : new Tunnel[] {pair.a, pair.b}) {
        assertEquals(0, dead.stuckNs(0));
        assertEquals(99, dead.stuckNs(99), "nobody carries its packets any more");
        dead.close();
        assertEquals(0, dead.stuckNs(999), "and nobody has to");
      }
    }
  }

  @Test
  void aLoopThatFailedStillLetsTheTunnelClose() throws Exception {
    MemoryNet net = new MemoryNet(1);
    MemoryTun tun = new MemoryTun("a", 1420);
    Timestamps broken =
        () -> {
          throw new IllegalStateException("no time");
        };
    Tunnel tunnel =
        new Tunnel(
            tun,
            net.at("192.0.2.1"),
            Limits.WHITEPAPER,
            new TestClock(),
            broken,
            new Random(1),
            TransportAeads.start());
    tunnel.start();
    PrivateKey far = PrivateKey.generate(new Random(2));
    PeerChange peer =
        new PeerChange(
            far.publicKey(), false, false, null, TunnelPair.B_OUTER, 25, false, List.of());
    tunnel.apply(
        new TunnelChange(PrivateKey.generate(new Random(3)), false, 1000, null, false, List.of()));
    tunnel.up();
    tunnel.apply(TunnelPair.peers(peer));
    assertEquals(Tunnel.End.FAILED, tunnel.awaitEnd());
    assertEquals(0, tunnel.stuckNs(0));
    assertEquals(99, tunnel.stuckNs(99));
    assertTimeout(
        Duration.ofSeconds(2),
        () -> {
          assertThrows(IOException.class, () -> tunnel.apply(TunnelPair.peers(peer)));
          tunnel.close();
        });
    net.at("192.0.2.1").open(1000, 0).close();
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    return -1;
  }
}
