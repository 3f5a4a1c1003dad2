package dev.noren.tunnel;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.crypto.PresharedKey;
import dev.noren.net.Endpoint;
import dev.noren.protocol.Limits;
import dev.noren.protocol.cookie.MacStamper;
import dev.noren.protocol.message.CookieReply;
import dev.noren.protocol.message.Initiation;
import dev.noren.protocol.message.Response;
import dev.noren.protocol.message.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tunnel b under load: its handshake loop is held up while more handshake messages arrive than an
 * eighth of its queue. Time passes only when a test lets it, so that the load stays until then.
 */
@Timeout(60)
class LoadTest extends OffloadsOnAndOff {
  private static final int QUEUE = 64;
  private static final int LOAD = QUEUE / 8;
  private static final Limits LIMITS = Limits.WHITEPAPER.withQueues(128, 1 << 20, QUEUE);
  private static final long SECOND = SECONDS.toNanos(1);
  private static final Endpoint STRANGER = Endpoint.parse("198.51.100.66:666");

  /** Holds up b's handshake loop, puts these messages into its queue, and lets it go on. */
  private static void queue(TunnelPair pair, Puppet first, List<byte[]> messages, Endpoint from)
      throws IOException {
    pair.calm();
    pair.net.stall(TunnelPair.B_OUTER);
    try {
      pair.net.send(first.home, TunnelPair.B_OUTER, first.initiation());
      assertTrue(TunnelPair.eventually(pair.net::isStalling), () -> "not busy, " + pair.b.drops());
      messages.forEach(message -> pair.net.send(from, TunnelPair.B_OUTER, message));
      assertTrue(TunnelPair.eventually(pair.net::isIdle));
    } finally {
      pair.net.stall(null);
    }
    pair.calm();
  }

  /** Loads b, until a second will have passed. */
  private static void load(TunnelPair pair) throws IOException {
    queue(pair, pair.puppet(99), wrongMac1(pair, LOAD), STRANGER);
  }

  private static List<byte[]> wrongMac1(TunnelPair pair, int count) {
    List<byte[]> messages = new ArrayList<>();
    MacStamper forAnother = new MacStamper(pair.keyA.publicKey());
    for (int i = 0; i < count; i++) {
      byte[] message = new byte[i % 2 == 0 ? Initiation.SIZE : Response.SIZE];
      message[0] = (byte) (i % 2 == 0 ? Initiation.TYPE : Response.TYPE);
      message[20] = (byte) i;
      forAnother.stamp(message, 0, message.length, pair.clock.nowNs(), LIMITS);
      messages.add(message);
    }
    return messages;
  }

  private static boolean hasMac2(byte[] message) {
    return !Arrays.equals(
        new byte[16], Arrays.copyOfRange(message, message.length - 16, message.length));
  }

  @Test
  void anInitiatorGetsACookieStoresItAndComesBackWithIt() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(LIMITS)) {
      load(pair);
      byte[] packet = pair.packet("10.0.0.1", "10.0.0.2", 100);
      pair.tunA.send(packet);
      pair.calm();
      List<byte[]> tries = pair.net.sentBy(TunnelPair.A_OUTER, Initiation.TYPE);
      assertEquals(1, tries.size(), "a cookie is not answered at once");
      assertFalse(hasMac2(tries.get(0)));
      assertEquals(1, pair.net.sentTo(TunnelPair.A_OUTER, CookieReply.TYPE).size());
      assertEquals(1, pair.b.drops().get(Drop.COOKIE_REQUIRED));
      assertEquals(0, pair.a.drops().get(Drop.BAD_COOKIE));

      pair.pass(LIMITS.rekeyTimeoutNs() - 1);
      load(pair);
      pair.pass(LIMITS.jitterNs() + 1);
      tries = pair.net.sentBy(TunnelPair.A_OUTER, Initiation.TYPE);
      assertEquals(2, tries.size());
      assertTrue(hasMac2(tries.get(1)));
      assertEquals(1, pair.b.drops().get(Drop.COOKIE_REQUIRED), "the cookie is good");
      assertEquals(1, pair.net.sentTo(TunnelPair.A_OUTER, Response.TYPE).size());
      assertArrayEquals(packet, pair.tunB.receive(0));
      pair.ping();
    }
  }

  @Test
  void aResponseNeedsACookieToo() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(LIMITS)) {
      Puppet puppet = pair.puppet(3);
      puppet.sendFromB(100);
      byte[] initiation = puppet.lastHeard(Initiation.TYPE);
      load(pair);
      puppet.send(puppet.response(initiation, PresharedKey.NONE));
      assertEquals(List.of(), puppet.heard(Transport.TYPE));
      puppet.stamper.accept(puppet.lastHeard(CookieReply.TYPE), 0, pair.clock.nowNs());
      puppet.send(puppet.response(initiation, PresharedKey.NONE));
      assertEquals(1, puppet.heard(Transport.TYPE).size());
    }
  }

  @Test
  void aFloodWithWrongMac1GetsSilence() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(LIMITS)) {
      for (byte[] message : wrongMac1(pair, 10)) {
        pair.net.send(STRANGER, TunnelPair.B_OUTER, message);
        pair.calm();
      }
      assertEquals(10, pair.b.drops().get(Drop.BAD_MAC1), "without load");
      queue(pair, pair.puppet(3), wrongMac1(pair, QUEUE), STRANGER);
      for (byte[] message : wrongMac1(pair, 200)) {
        pair.net.send(STRANGER, TunnelPair.B_OUTER, message);
        pair.calm();
      }
      assertEquals(10 + QUEUE + 200, pair.b.drops().get(Drop.BAD_MAC1), "and under load");
      assertTrue(pair.net.seen().stream().noneMatch(seen -> seen.to().sameRemote(STRANGER)));
    }
  }

  @Test
  void theQueueIsBoundedAndDropsTheNewest() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(LIMITS)) {
      Puppet early = pair.puppet(3);
      Puppet late = pair.puppet(4);
      List<byte[]> messages = new ArrayList<>(List.of(early.initiation()));
      messages.addAll(wrongMac1(pair, QUEUE - 1));
      messages.add(late.initiation());
      messages.addAll(wrongMac1(pair, 9));
      queue(pair, pair.puppet(5), messages, STRANGER);
      assertEquals(10, pair.b.drops().get(Drop.HANDSHAKE_QUEUE_FULL));
      assertEquals(QUEUE - 1, pair.b.drops().get(Drop.BAD_MAC1));
      List<byte[]> cookies = pair.net.sentTo(STRANGER, CookieReply.TYPE);
      assertEquals(1, cookies.size(), "only the first in the queue was read");
      assertTrue(early.stamper.accept(cookies.get(0), 0, pair.clock.nowNs()));
    }
  }

  @Test
  void loadBeginsAtAnEighthAndEndsASecondLater() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(LIMITS)) {
      Puppet puppet = pair.puppet(3);
      queue(pair, pair.puppet(4), wrongMac1(pair, LOAD - 1), STRANGER);
      puppet.send(puppet.initiation());
      assertEquals(1, puppet.heard(Response.TYPE).size(), "one less is no load");

      pair.pass(SECOND);
      load(pair);
      puppet.send(puppet.initiation());
      assertEquals(1, puppet.heard(CookieReply.TYPE).size());
      pair.pass(SECOND - 1);
      puppet.send(puppet.initiation());
      assertEquals(2, puppet.heard(CookieReply.TYPE).size());
      assertEquals(1, puppet.heard(Response.TYPE).size());
      pair.pass(1);
      puppet.send(puppet.initiation());
      assertEquals(2, puppet.heard(Response.TYPE).size(), "a second later");
      assertEquals(2, puppet.heard(CookieReply.TYPE).size());
    }
  }

  @Test
  void eachSourceHasItsRateUnderLoadWhateverItsPort() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(LIMITS)) {
      Puppet puppet = pair.puppet(3);
      Endpoint otherPort = Endpoint.of(puppet.home.address(), puppet.home.port() + 1);
      for (int i = 0; i < 20; i++) {
        puppet.send(puppet.initiation());
      }
      assertEquals(0, pair.b.drops().get(Drop.RATE_LIMITED), "without load there is no limit");

      load(pair);
      sendWithCookie(4, puppet, puppet.home, pair);
      assertEquals(0, pair.b.drops().get(Drop.RATE_LIMITED));
      sendWithCookie(4, puppet, otherPort, pair);
      assertEquals(3, pair.b.drops().get(Drop.RATE_LIMITED), "five for both ports together");
      pair.pass(MILLISECONDS.toNanos(100));
      sendWithCookie(4, puppet, puppet.home, pair);
      assertEquals(5, pair.b.drops().get(Drop.RATE_LIMITED), "two more in 100 ms");

      pair.pass(SECOND);
      for (int i = 0; i < 20; i++) {
        puppet.send(puppet.initiation());
      }
      assertEquals(5, pair.b.drops().get(Drop.RATE_LIMITED), "the load is over");
    }
  }

  /** Fetches a cookie for that place, and sends so many initiations with it. */
  private static void sendWithCookie(int count, Puppet puppet, Endpoint from, TunnelPair pair)
      throws IOException {
    puppet.stamper.forget();
    puppet.sendFrom(from, puppet.initiation());
    List<byte[]> cookies = pair.net.sentTo(from, CookieReply.TYPE);
    byte[] cookie = cookies.get(cookies.size() - 1);
    assertTrue(puppet.stamper.accept(cookie, 0, pair.clock.nowNs()));
    for (int i = 0; i < count; i++) {
      puppet.sendFrom(from, puppet.initiation());
    }
    assertEquals(cookies.size(), pair.net.sentTo(from, CookieReply.TYPE).size());
  }

  @Test
  void aCookieIsGoodFor120Seconds() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(LIMITS)) {
      Puppet puppet = pair.puppet(3);
      load(pair);
      sendWithCookie(1, puppet, puppet.home, pair);
      assertEquals(1, puppet.heard(Response.TYPE).size());
      pair.pass(LIMITS.cookieNs() - 1);
      load(pair);
      byte[] early = puppet.initiation();
      pair.pass(1);
      assertTrue(hasMac2(early));
      assertFalse(hasMac2(puppet.initiation()), "its holder uses it no longer");
      puppet.send(early);
      assertEquals(2, puppet.heard(CookieReply.TYPE).size(), "its giver takes it no longer");
      assertEquals(1, puppet.heard(Response.TYPE).size());
      load(pair);
      sendWithCookie(1, puppet, puppet.home, pair);
      assertEquals(2, puppet.heard(Response.TYPE).size(), "a new one is given");
      assertNull(pair.tunB.receive(0));
    }
  }
}
