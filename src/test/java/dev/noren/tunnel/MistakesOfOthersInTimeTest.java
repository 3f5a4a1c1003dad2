package dev.noren.tunnel;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.crypto.PresharedKey;
import dev.noren.net.Endpoint;
import dev.noren.protocol.Limits;
import dev.noren.protocol.handshake.Tai64n;
import dev.noren.protocol.message.Initiation;
import dev.noren.protocol.message.Response;
import dev.noren.protocol.message.Transport;
import dev.noren.tunnel.TunnelChange.PeerChange;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What other implementations got wrong with time, one test each, with whole tunnels whose clock
 * stands still but when the test lets time pass: at the deadline, and not a nanosecond before.
 */
@Timeout(60)
class MistakesOfOthersInTimeTest extends OffloadsOnAndOff {
  private static final long SECOND = SECONDS.toNanos(1);

  @Test
  void keepaliveAnsweredByAKeepalive() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      pair.tunA.send(pair.packet("10.0.0.1", "10.0.0.2", 100));
      pair.pass(10 * SECOND - 1);
      assertEquals(0, keepalives(TunnelPair.B_OUTER, pair));
      pair.pass(1);
      assertEquals(1, keepalives(TunnelPair.B_OUTER, pair), "data are answered by a keepalive");
      for (int i = 0; i < 10; i++) {
        pair.pass(5 * SECOND + MILLISECONDS.toNanos(500));
      }
      assertEquals(1, keepalives(TunnelPair.B_OUTER, pair));
      assertEquals(0, keepalives(TunnelPair.A_OUTER, pair), "and that by silence");
      assertEquals(1, pair.net.count(Initiation.TYPE));
    }
  }

  private static int keepalives(Endpoint from, TunnelPair pair) {
    return (int)
        pair.net.sentBy(from, Transport.TYPE).stream()
            .filter(message -> message.length == Transport.MIN_SIZE)
            .count();
  }

  @Test
  void passiveTimerMeasuredFromTheLastSend() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      pair.ping();
      pair.pass(9 * SECOND);
      pair.tunA.send(pair.packet("10.0.0.1", "10.0.0.2", 100));
      pair.pass(SECOND);
      assertEquals(0, keepalives(TunnelPair.B_OUTER, pair), "10 s after b's last send");
      pair.pass(9 * SECOND - 1);
      assertEquals(0, keepalives(TunnelPair.B_OUTER, pair));
      pair.pass(1);
      assertEquals(1, keepalives(TunnelPair.B_OUTER, pair), "10 s after what b received");

      pair.pass(20 * SECOND);
      int before = keepalives(TunnelPair.B_OUTER, pair);
      for (int i = 0; i < 10; i++) {
        pair.tunA.send(pair.packet("10.0.0.1", "10.0.0.2", 100));
        pair.pass(SECOND - 1);
        assertEquals(before, keepalives(TunnelPair.B_OUTER, pair));
        pair.pass(1);
      }
      assertEquals(
          before + 1, keepalives(TunnelPair.B_OUTER, pair), "10 s after the first of a stream");
    }
  }

  @Test
  void persistentKeepaliveOnABusyTunnel() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      pair.ping();
      pair.a.apply(
          TunnelPair.peers(
              new PeerChange(
                  pair.keyB.publicKey(), false, true, null, null, 25, false, List.of())));
      pair.calm();
      assertEquals(1, keepalives(TunnelPair.A_OUTER, pair), "one at once");
      for (int i = 0; i < 8; i++) {
        pair.pass(9 * SECOND);
        pair.ping();
      }
      assertEquals(1, keepalives(TunnelPair.A_OUTER, pair), "none on a busy tunnel");
      pair.pass(10 * SECOND);
      assertEquals(2, keepalives(TunnelPair.A_OUTER, pair), "the passive one, for b's last data");
      pair.pass(25 * SECOND - 1);
      assertEquals(2, keepalives(TunnelPair.A_OUTER, pair));
      pair.pass(1);
      assertEquals(3, keepalives(TunnelPair.A_OUTER, pair), "25 s after the last packet");
    }
  }

  @Test
  void noJitter() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      Puppet puppet = pair.puppet(3);
      puppet.sendFromB(100);
      Set<Integer> retries = new HashSet<>();
      for (int i = 0; i < 8; i++) {
        retries.add(stepsToNextInitiation(5 * SECOND, puppet, pair));
      }
      assertTrue(retries.size() > 1, "every retry after " + retries);

      Set<Integer> newHandshakes = new HashSet<>();
      for (int i = 0; i < 8; i++) {
        puppet.send(puppet.response(puppet.lastHeard(Initiation.TYPE), PresharedKey.NONE));
        puppet.send(puppet.data(new byte[0]));
        puppet.sendFromB(100);
        newHandshakes.add(stepsToNextInitiation(15 * SECOND, puppet, pair));
      }
      assertTrue(newHandshakes.size() > 1, "every new handshake after " + newHandshakes);
    }
  }

  /** How many times 20 ms more than this the next initiation takes: up to 333 ms of chance. */
  private static int stepsToNextInitiation(long leastNs, Puppet puppet, TunnelPair pair)
      throws IOException {
    long stepNs = MILLISECONDS.toNanos(20);
    int before = puppet.heard(Initiation.TYPE).size();
    pair.pass(leastNs - stepNs);
    assertEquals(before, puppet.heard(Initiation.TYPE).size(), "too early");
    int steps = 0;
    while (puppet.heard(Initiation.TYPE).size() == before) {
      assertTrue(steps <= 18, "too late");
      pair.pass(stepNs);
      steps++;
    }
    return steps;
  }

  @Test
  void needlessRekeys() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      pair.ping();
      for (int i = 0; i < 12; i++) {
        pair.pass(10 * SECOND);
        pair.ping();
      }
      pair.calm();
      assertEquals(1, pair.net.count(Initiation.TYPE), "none up to 120 s");
      pair.pass(1);
      pair.tunB.send(pair.packet("10.0.0.2", "10.0.0.1", 100));
      pair.calm();
      assertEquals(1, pair.net.count(Initiation.TYPE), "none by the responder");
      for (int i = 0; i < 50; i++) {
        pair.tunA.send(pair.packet("10.0.0.1", "10.0.0.2", 100));
      }
      pair.calm();
      assertEquals(2, pair.net.count(Initiation.TYPE), "one, however much is sent");
      drain(pair);
      for (int i = 0; i < 50; i++) {
        pair.ping();
      }
      for (int i = 0; i < 30; i++) {
        pair.pass(10 * SECOND);
      }
      assertEquals(2, pair.net.count(Initiation.TYPE), "none while nothing is sent");
      assertEquals(2, pair.net.count(Response.TYPE));
      assertEquals(List.of(), pair.net.sentBy(TunnelPair.B_OUTER, Initiation.TYPE));
    }
  }

  private static void drain(TunnelPair pair) {
    while (pair.tunA.receive(0) != null || pair.tunB.receive(0) != null) {
      // What was sent to see it cause no rekey.
    }
  }

  @Test
  void crashOnAClockThatStepsBack() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      Puppet puppet = pair.puppet(3);
      pair.ping();
      puppet.shakeHands();
      int responses = pair.net.count(Response.TYPE);
      for (long back : new long[] {SECOND, 3600 * SECOND, 2_000_000_000 * SECOND}) {
        pair.clock.stepWall(-back);
        // First a's keepalive, so that the jump does not look like an unanswered packet to b.
        pair.pass(10 * SECOND);
        pair.pass(111 * SECOND);
        pair.ping();
        pair.calm();
        pair.ping();
        responses++;
        assertEquals(responses, pair.net.count(Response.TYPE), "rekeyed, back by " + back + " ns");
      }
      byte[] past = new byte[Tai64n.SIZE];
      Tai64n.write(0, past, 0);
      puppet.send(puppet.initiation(past));
      assertEquals(1, pair.b.drops().get(Drop.REPLAYED_HANDSHAKE), "a far end whose clock is back");
      puppet.shakeHands();

      // Loops that look at the clock one after the other may see it a little back.
      pair.pass(-SECOND);
      pair.ping();
      pair.pass(-SECOND);
      pair.ping();
    }
  }
}
