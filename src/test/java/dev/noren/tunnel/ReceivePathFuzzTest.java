package dev.noren.tunnel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.net.Datagram;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.protocol.Limits;
import dev.noren.protocol.message.CookieReply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Datagrams of random bytes and of bent real ones, straight into the receive path of one end of a
 * pair that has shaken hands: nothing is thrown, nothing is answered, nothing comes out, nothing
 * stays in memory; and the tunnel still works.
 */
class ReceivePathFuzzTest extends OffloadsOnAndOff {
  private static final int IN_TEST = 200_000;
  private static final int IN_SOAK = 10_000_000;
  private static final int MAX_LENGTH = 2000;
  private static final long MEMORY_SLACK_BYTES = 4L << 20;

  @Test
  void hostileDatagramsGetSilence() throws IOException {
    attack(IN_TEST);
  }

  @Test
  @Tag("soak")
  void tenMillionHostileDatagramsGetSilence() throws IOException {
    attack(IN_SOAK);
  }

  private static void attack(int datagrams) throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String note = "seed " + seed;
    try (TunnelPair pair = TunnelPair.create(Limits.WHITEPAPER, 5)) {
      pair.ping();
      // Or a's keepalive would come in the midst of it, when the test's thread is b's inbound loop.
      pair.settle();
      List<byte[]> genuine = genuine(pair);
      pair.net.onlyTally();
      long memoryEarly = 0;
      Datagram datagram = new Datagram();
      for (int i = 0; i < datagrams; i++) {
        if (i == datagrams / 10) {
          memoryEarly = usedMemory();
        }
        fill(datagram, genuine, random);
        pair.b.receive(datagram);
      }
      assertTrue(TunnelPair.eventually(() -> handled(pair) >= datagrams), note);
      // Under load a message made for our key is due a cookie; nothing else is ever due an answer.
      assertEquals(
          pair.b.drops().get(Drop.COOKIE_REQUIRED), pair.net.tallyOf(TunnelPair.B_OUTER), note);
      assertTrue(pair.net.onlyCookiesFromB(), note);
      assertEquals(null, pair.tunB.receive(1), "a packet came out, " + note);
      assertTrue(usedMemory() - memoryEarly < MEMORY_SLACK_BYTES, "memory grew, " + note);
      byte[] packet = pair.packet("10.0.0.1", "10.0.0.2", 200);
      pair.tunA.send(packet);
      byte[] got = pair.tunB.receive(10_000);
      assertNotNull(got, note);
      assertArrayEquals(packet, got, note);
    }
  }

  /** All that was sent to b: an initiation, data, and a response and cookie-like lengths. */
  private static List<byte[]> genuine(TunnelPair pair) {
    List<byte[]> messages = new ArrayList<>();
    for (MemoryNet.Seen seen : pair.net.seen()) {
      messages.add(seen.bytes());
    }
    byte[] cookie = new byte[64];
    cookie[0] = CookieReply.TYPE;
    messages.add(cookie);
    return messages;
  }

  private static void fill(Datagram datagram, List<byte[]> genuine, Random random) {
    if (random.nextInt(3) == 0) {
      datagram.length = random.nextInt(MAX_LENGTH);
      byte[] bytes = new byte[datagram.length];
      random.nextBytes(bytes);
      if (bytes.length > 4 && random.nextBoolean()) {
        Arrays.fill(bytes, 0, 4, (byte) 0);
        bytes[0] = (byte) (1 + random.nextInt(4));
      }
      System.arraycopy(bytes, 0, datagram.bytes, 0, bytes.length);
    } else {
      byte[] message = genuine.get(random.nextInt(genuine.size()));
      System.arraycopy(message, 0, datagram.bytes, 0, message.length);
      datagram.length = message.length;
      if (random.nextInt(4) == 0) {
        datagram.length = random.nextInt(message.length);
      }
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        datagram.bytes[random.nextInt(Math.max(1, datagram.length))] ^=
            (byte) (1 + random.nextInt(255));
      }
    }
    IpAddress sender = Endpoint.parse("203.0.113.5:5").address();
    datagram.from(false, sender.high(), sender.low(), 1 + random.nextInt(65535), 0);
  }

  private static long handled(TunnelPair pair) {
    return pair.b.drops().values().stream().mapToLong(Long::longValue).sum();
  }

  private static long usedMemory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
