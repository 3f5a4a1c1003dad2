package dev.noren.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.net.IpAddress;
import dev.noren.protocol.Limits;
import dev.noren.protocol.handshake.Tai64n;
import dev.noren.protocol.message.CookieReply;
import dev.noren.protocol.message.Initiation;
import dev.noren.protocol.message.Response;
import dev.noren.tunnel.TunnelSight.PeerSight;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each trouble leaves its own trace, which goes when it is over, and gets no answer. */
class TunnelSightTest {
  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

  private TunnelPair pair;
  private Puppet puppet;

  @BeforeEach
  void start() throws IOException {
    pair = TunnelPair.stopped(Limits.WHITEPAPER);
    puppet = pair.puppet(7);
  }

  @AfterEach
  void stop() {
    pair.close();
  }

  private PeerSight sight() {
    return pair.b.sight().peers().stream()
        .filter(each -> each.publicKey().equals(puppet.key.publicKey()))
        .findFirst()
        .orElseThrow();
  }

  private static byte[] stamp(long unixNs) {
    byte[] stamp = new byte[Tai64n.SIZE];
    Tai64n.write(unixNs, stamp, 0);
    return stamp;
  }

  @Test
  void aPeerWithoutTroubleHasNone() throws IOException {
    puppet.shakeHands();
    PeerSight sight = sight();
    assertEquals(0, sight.badResponses().count());
    assertEquals(-1, sight.badResponses().ageNs());
    assertEquals(0, sight.answered().count());
    assertEquals(0, sight.oldCalls().count());
    assertEquals(pair.keyB.publicKey(), pair.b.sight().publicKey());
    assertEquals(0, pair.b.sight().unknownKeys().count());
  }

  @Test
  void anotherPresharedKeyIsSeenAndOverWhenItFits() throws IOException {
    puppet.sendFromB(100);
    byte[] initiation = puppet.lastHeard(Initiation.TYPE);
    puppet.send(puppet.response(initiation, PresharedKey.generate(new Random(5))));
    pair.pass(3 * SECOND_NS);
    assertEquals(1, sight().badResponses().count());
    assertEquals(3 * SECOND_NS, sight().badResponses().ageNs());
    puppet.send(puppet.response(initiation, PresharedKey.NONE));
    assertEquals(0, sight().badResponses().count());
  }

  @Test
  void aClockThatWentBackIsToldFromCopies() throws IOException {
    puppet.shakeHands();
    long now = pair.clock.unixNs();
    byte[] old = puppet.initiation(stamp(now - 90 * SECOND_NS));
    puppet.send(old);
    puppet.send(old);
    assertEquals(1, sight().oldCalls().count(), "the copy does not count");
    puppet.send(puppet.initiation(stamp(now - 85 * SECOND_NS)));
    assertEquals(2, sight().oldCalls().count());
    assertTrue(sight().backNs() >= 85 * SECOND_NS, () -> "" + sight());
    assertTrue(sight().backNs() < 86 * SECOND_NS, () -> "" + sight());
    pair.pass(SECOND_NS);
    puppet.shakeHands();
    assertEquals(0, sight().oldCalls().count());
  }

  @Test
  void callsThatAreAnsweredInVainAreCounted() throws IOException {
    for (int i = 0; i < 3; i++) {
      puppet.send(puppet.initiation());
      pair.pass(SECOND_NS);
    }
    assertEquals(2, sight().answered().count(), "the first is as it should be");
    puppet.shakeHands();
    assertEquals(0, sight().answered().count());
  }

  @Test
  void aForeignSourceIsSeenAndWhatStaysOnItsLinkIsNot() throws IOException {
    puppet.shakeHands();
    puppet.send(puppet.data(pair.packet("169.254.3.4", "10.0.0.2", 96)));
    puppet.send(puppet.data(pair.packet("fe80::7", "fd00::2", 96)));
    assertEquals(0, sight().foreign().count());
    puppet.send(puppet.data(puppet.packet("10.99.0.1")));
    assertEquals(1, sight().foreign().count());
    assertEquals(IpAddress.parse("10.99.0.1"), sight().foreign().source());
    puppet.send(puppet.data(puppet.packet("10.99.0.2")));
    assertEquals(IpAddress.parse("10.99.0.1"), sight().foreign().source(), "once a second");
    pair.pass(SECOND_NS);
    puppet.send(puppet.data(puppet.packet("10.99.0.3")));
    assertEquals(3, sight().foreign().count());
    assertEquals(IpAddress.parse("10.99.0.3"), sight().foreign().source());
  }

  @Test
  void strangersAreCountedAndGetNoAnswer() throws IOException {
    Puppet stranger = new Puppet(pair, 8, PrivateKey.generate(new Random(8)));
    stranger.send(stranger.initiation());
    TunnelSight sight = pair.b.sight();
    assertEquals(1, sight.unknownKeys().count());
    assertEquals(IpAddress.parse("203.0.113.8"), sight.unknownKeys().source());
    assertTrue(sight.unknownHash().matches("[0-9a-f]{8}"), sight.unknownHash());
    byte[] forAnother = stranger.initiation();
    forAnother[Initiation.SIZE - 20]++;
    stranger.send(forAnother);
    assertEquals(1, pair.b.sight().otherKeys().count());
    assertNull(pair.b.sight().noWireGuard().source());
    stranger.send(new byte[] {1, 2, 3});
    assertEquals(1, pair.b.sight().noWireGuard().count());
    assertNotNull(pair.b.sight().noWireGuard().source());
    for (int type : new int[] {Initiation.TYPE, Response.TYPE, CookieReply.TYPE}) {
      assertEquals(0, stranger.heard(type).size(), "silence");
    }
  }

  @Test
  void whatIsSentAndComesIsSeen() throws IOException {
    puppet.shakeHands();
    assertEquals(0, sight().dataSentBytes());
    assertEquals(-1, sight().dataAgeNs());
    puppet.sendFromB(100);
    assertTrue(sight().dataSentBytes() >= 100, () -> "" + sight());
    puppet.send(puppet.data(puppet.packet(puppet.inner())));
    pair.pass(2 * SECOND_NS);
    assertEquals(2 * SECOND_NS, sight().dataAgeNs());
  }
}
