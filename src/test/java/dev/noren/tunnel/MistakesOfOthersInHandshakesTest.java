package dev.noren.tunnel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Endpoint;
import dev.noren.protocol.Limits;
import dev.noren.protocol.cookie.MacChecker;
import dev.noren.protocol.handshake.PaperInitiator;
import dev.noren.protocol.handshake.PaperResponder;
import dev.noren.protocol.message.CookieReply;
import dev.noren.protocol.message.Initiation;
import dev.noren.protocol.message.Response;
import dev.noren.protocol.message.Transport;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other implementations got wrong in handshakes, one test each, with whole tunnels. */
@Timeout(60)
class MistakesOfOthersInHandshakesTest extends OffloadsOnAndOff {
  private static final long A_MOMENT_NS = TimeUnit.MILLISECONDS.toNanos(25);
  private static final long TO_NEXT_TRY_NS = TimeUnit.MILLISECONDS.toNanos(5334);
  private static final byte[] KEEPALIVE = new byte[0];

  /** One handshake message in the queue is an eighth of it, and so load. */
  private static final Limits ALWAYS_LOADED = Limits.WHITEPAPER.withQueues(128, 1 << 20, 8);

  @Test
  void predictableSessionIndices() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      Puppet puppet = pair.puppet(3);
      for (int i = 0; i < 40; i++) {
        pair.pass(A_MOMENT_NS);
        puppet.send(puppet.initiation());
      }
      assertUnpredictable(
          puppet.heard(Response.TYPE).stream().map(m -> Response.sender(m, 0)).toList());
      pair.net.cut(true);
      for (int i = 0; i < 40; i++) {
        pair.tunA.send(pair.packet("10.0.0.1", "10.0.0.2", 60));
        pair.pass(TO_NEXT_TRY_NS);
      }
      assertUnpredictable(
          pair.net.sentBy(TunnelPair.A_OUTER, Initiation.TYPE).stream()
              .map(m -> Initiation.sender(m, 0))
              .toList());
    }
  }

  /** No two alike, no two steps alike, and no bit that stands still. */
  private static void assertUnpredictable(List<Integer> indices) {
    assertTrue(indices.size() >= 40, "only " + indices.size());
    Set<Integer> steps = new HashSet<>();
    int ones = 0;
    int zeros = 0;
    for (int i = 0; i < indices.size(); i++) {
      ones |= indices.get(i);
      zeros |= ~indices.get(i);
      assertTrue(i == 0 || steps.add(indices.get(i) - indices.get(i - 1)), "a step twice");
    }
    assertEquals(indices.size(), new HashSet<>(indices).size(), "an index twice");
    assertEquals(-1, ones & zeros, "bits that never change");
  }

  @Test
  void roamingOnlyOnInitiations() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      Puppet puppet = pair.puppet(3);
      Endpoint[] places = new Endpoint[5];
      Arrays.setAll(places, i -> Endpoint.parse("198.51.100." + i + ":" + (700 + i)));

      puppet.sendFrom(places[0], puppet.initiation());
      List<byte[]> responses = pair.net.sentTo(places[0], Response.TYPE);
      assertEquals(1, responses.size(), "an initiation moves");
      assertTrue(puppet.finish(responses.get(0), PresharedKey.NONE));

      puppet.sendFrom(places[1], puppet.data(KEEPALIVE));
      assertAt(places[1], pair, puppet, "a keepalive moves");
      puppet.sendFrom(places[2], puppet.data(puppet.packet(puppet.inner())));
      assertAt(places[2], pair, puppet, "data move");
      puppet.sendFrom(places[3], puppet.data(puppet.packet("10.99.0.1")));
      assertAt(places[3], pair, puppet, "even from a foreign inner source");
      assertEquals(1, pair.b.drops().get(Drop.FOREIGN_SOURCE));

      pair.pass(Limits.WHITEPAPER.rejectAfterNs());
      puppet.sendFromB(100);
      List<byte[]> initiations = pair.net.sentTo(places[3], Initiation.TYPE);
      assertEquals(1, initiations.size());
      puppet.sendFrom(places[4], puppet.response(initiations.get(0), PresharedKey.NONE));
      assertEquals(1, pair.net.sentTo(places[4], Transport.TYPE).size(), "a response moves");
    }
  }

  private static void assertAt(Endpoint place, TunnelPair pair, Puppet puppet, String what)
      throws IOException {
    Endpoint known = pair.endpointAtB(puppet.key.publicKey());
    assertTrue(place.sameRemote(known), () -> what + ", but it is at " + known);
    int before = pair.net.sentTo(place, Transport.TYPE).size();
    puppet.sendFromB(100);
    assertEquals(before + 1, pair.net.sentTo(place, Transport.TYPE).size(), what);
  }

  @Test
  void roamingMovedByCookieReplies() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      Puppet puppet = pair.puppet(3);
      puppet.sendFromB(100);
      byte[] initiation = puppet.lastHeard(Initiation.TYPE);
      puppet.sendFrom(Endpoint.parse("198.51.100.66:666"), cookieFor(initiation, puppet, pair));
      assertTrue(puppet.home.sameRemote(pair.endpointAtB(puppet.key.publicKey())));
      pair.pass(TO_NEXT_TRY_NS);
      assertEquals(
          2, puppet.heard(Initiation.TYPE).size(), "the next try goes where the first did");
      assertTrue(hasMac2(puppet.lastHeard(Initiation.TYPE)), "and the cookie was taken");
    }
  }

  private static byte[] cookieFor(byte[] initiation, Puppet puppet, TunnelPair pair) {
    byte[] reply = new byte[CookieReply.SIZE];
    new MacChecker(puppet.key.publicKey(), Limits.WHITEPAPER)
        .reply(
            initiation,
            0,
            initiation.length,
            TunnelPair.B_OUTER.address(),
            TunnelPair.B_OUTER.port(),
            Initiation.sender(initiation, 0),
            pair.clock.nowNs(),
            new Random(1),
            reply,
            0);
    return reply;
  }

  private static boolean hasMac2(byte[] initiation) {
    return !Arrays.equals(
        new byte[16], Arrays.copyOfRange(initiation, Initiation.MAC2, Initiation.SIZE));
  }

  @Test
  void cookieWithoutTheSourcePort() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(ALWAYS_LOADED)) {
      Puppet puppet = pair.puppet(3);
      getCookie(puppet, pair);
      byte[] initiation = puppet.initiation();
      assertTrue(hasMac2(initiation));
      Endpoint otherPort = Endpoint.of(puppet.home.address(), puppet.home.port() + 1);
      puppet.sendFrom(otherPort, initiation);
      assertEquals(0, pair.net.sentTo(otherPort, Response.TYPE).size());
      assertEquals(1, pair.net.sentTo(otherPort, CookieReply.TYPE).size());
      Endpoint otherAddress = Endpoint.parse("203.0.113.200:" + puppet.home.port());
      puppet.sendFrom(otherAddress, initiation);
      assertEquals(0, pair.net.sentTo(otherAddress, Response.TYPE).size());
      puppet.send(initiation);
      assertEquals(1, puppet.heard(Response.TYPE).size(), "it is good where it was given");
    }
  }

  /** Has a puppet learn its cookie at a tunnel under load. */
  private static void getCookie(Puppet puppet, TunnelPair pair) throws IOException {
    puppet.send(puppet.initiation());
    assertTrue(puppet.heard(Response.TYPE).isEmpty(), "no answer but a cookie");
    assertTrue(puppet.stamper.accept(puppet.lastHeard(CookieReply.TYPE), 0, pair.clock.nowNs()));
  }

  @Test
  void oneGlobalRateLimiterOrOneNeverReset() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(ALWAYS_LOADED)) {
      Puppet flooder = pair.puppet(3);
      Puppet other = pair.puppet(4);
      getCookie(flooder, pair);
      getCookie(other, pair);
      for (int i = 0; i < 50; i++) {
        flooder.send(flooder.initiation());
      }
      assertEquals(45, pair.b.drops().get(Drop.RATE_LIMITED), "a burst of 5 is read");
      other.send(other.initiation());
      assertEquals(1, other.heard(Response.TYPE).size(), "another source has its own limit");
      assertEquals(1, flooder.heard(Response.TYPE).size());
      for (int i = 1; i <= 10; i++) {
        pair.pass(TimeUnit.MILLISECONDS.toNanos(50));
        flooder.send(flooder.initiation());
        assertEquals(1 + i, flooder.heard(Response.TYPE).size(), "20 a second go on");
      }
      pair.pass(TimeUnit.SECONDS.toNanos(1));
      for (int i = 0; i < 5; i++) {
        flooder.send(flooder.initiation());
      }
      assertEquals(45, pair.b.drops().get(Drop.RATE_LIMITED), "and then a burst again");
    }
  }

  @Test
  void responsesDiscardedWithin250Ms() throws IOException {
    Limits oftenRekeyed = Limits.WHITEPAPER.withMessages(3, 1000);
    try (TunnelPair pair = TunnelPair.stopped(oftenRekeyed)) {
      Puppet puppet = pair.puppet(3);
      byte[] packet = puppet.sendFromB(96);
      byte[] initiation = puppet.lastHeard(Initiation.TYPE);
      byte[] forged = puppet.response(initiation, PresharedKey.generate(new Random(5)));
      pair.pass(TimeUnit.MILLISECONDS.toNanos(4900));
      puppet.send(forged);
      assertEquals(1, pair.b.drops().get(Drop.BAD_HANDSHAKE));
      puppet.send(puppet.response(initiation, PresharedKey.NONE));
      assertArrayEquals(packet, puppet.open(puppet.lastHeard(Transport.TYPE)), "right after a lie");
      pair.pass(TimeUnit.MILLISECONDS.toNanos(100));
      for (int i = 0; i < 4; i++) {
        puppet.sendFromB(96);
      }
      assertEquals(2, puppet.heard(Initiation.TYPE).size());
      puppet.send(puppet.response(puppet.lastHeard(Initiation.TYPE), PresharedKey.NONE));
      packet = puppet.sendFromB(96);
      assertArrayEquals(
          packet, puppet.open(puppet.lastHeard(Transport.TYPE)), "100 ms after the last response");
    }
  }

  @Test
  void pskChangeNotReachingTheHandshake() throws IOException {
    PresharedKey psk = PresharedKey.generate(new Random(6));
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      Puppet puppet = pair.puppet(3);
      puppet.shakeHands();
      pair.b.apply(TunnelPair.peers(puppet.asPeer(psk)));
      byte[] packet = puppet.sendFromB(96);
      assertArrayEquals(
          packet, puppet.open(puppet.lastHeard(Transport.TYPE)), "the session outlives the change");

      pair.pass(A_MOMENT_NS);
      puppet.send(puppet.initiation());
      assertFalse(puppet.finish(puppet.lastHeard(Response.TYPE), PresharedKey.NONE));
      assertTrue(puppet.finish(puppet.lastHeard(Response.TYPE), psk), "b answers with the new key");

      pair.pass(Limits.WHITEPAPER.wipeAfterNs());
      puppet.sendFromB(96);
      byte[] initiation = puppet.lastHeard(Initiation.TYPE);
      int before = puppet.heard(Transport.TYPE).size();
      puppet.send(puppet.response(initiation, PresharedKey.NONE));
      assertEquals(before, puppet.heard(Transport.TYPE).size(), "b refuses the old key");
      PresharedKey newest = PresharedKey.generate(new Random(7));
      pair.b.apply(TunnelPair.peers(puppet.asPeer(newest)));
      puppet.send(puppet.response(initiation, newest));
      assertNotNull(puppet.open(puppet.lastHeard(Transport.TYPE)), "b takes the newest key");

      pair.b.apply(TunnelPair.peers(puppet.asPeer(PresharedKey.NONE)));
      pair.pass(A_MOMENT_NS);
      puppet.shakeHands();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      })
  void oneOfTheSevenLowOrderPublicKeysDrawingAnAnswer(String hex) throws IOException {
    byte[] low = HexFormat.of().parseHex(hex);
    byte[] knownToAll = new byte[32];
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      Puppet puppet = pair.puppet(3);
      Endpoint hostile = Endpoint.parse("198.51.100.66:666");
      pair.b.apply(
          TunnelPair.peers(
              TunnelPair.peer(PublicKey.of(low), PresharedKey.NONE, hostile, "10.0.0.9/32")));
      pair.tunB.send(pair.packet("10.0.0.2", "10.0.0.9", 96));
      pair.calm();
      PaperInitiator paper =
          new PaperInitiator(
              puppet.key.bytes(),
              pair.keyB.publicKey().bytes(),
              PrivateKey.generate(new Random(8)).bytes(),
              7);
      puppet.sendFrom(hostile, paper.initiationClaiming(puppet.nextTimestamp(), low, knownToAll));
      puppet.sendFrom(hostile, paper.initiation(puppet.nextTimestamp(), low, knownToAll));
      assertTrue(
          pair.net.seen().stream().noneMatch(seen -> seen.to().sameRemote(hostile)),
          "as a peer's key or an initiation's ephemeral one");
      assertEquals(3, pair.b.drops().get(Drop.BAD_HANDSHAKE));

      byte[] packet = puppet.sendFromB(96);
      byte[] initiation = puppet.lastHeard(Initiation.TYPE);
      puppet.send(
          PaperResponder.withLowOrder(puppet.key.bytes(), low, 8)
              .respond(initiation, new byte[PresharedKey.SIZE]));
      assertEquals(List.of(), puppet.heard(Transport.TYPE), "as a response's ephemeral key");
      puppet.send(puppet.response(initiation, PresharedKey.NONE));
      assertArrayEquals(packet, puppet.open(puppet.lastHeard(Transport.TYPE)));
    }
  }
}
