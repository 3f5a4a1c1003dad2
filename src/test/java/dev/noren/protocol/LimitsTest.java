package dev.noren.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final Limits WP = Limits.WHITEPAPER;

  @Test
  void theWhitepapersNumbers() {
    assertEquals(BigInteger.TWO.pow(60), new BigInteger(unsigned(WP.rekeyAfterMessages())));
    assertEquals(
        BigInteger.TWO.pow(64).subtract(BigInteger.TWO.pow(13)).subtract(BigInteger.ONE),
        new BigInteger(unsigned(WP.rejectAfterMessages())));
    assertEquals(120, seconds(WP.rekeyAfterNs()));
    assertEquals(180, seconds(WP.rejectAfterNs()));
    assertEquals(90, seconds(WP.rekeyAttemptNs()));
    assertEquals(5, seconds(WP.rekeyTimeoutNs()));
    assertEquals(10, seconds(WP.keepaliveNs()));
    assertEquals(120, seconds(WP.cookieNs()));
    assertEquals(333_000_000, WP.jitterNs());
    assertEquals(20_000_000, WP.initiationGapNs());
    assertEquals(128, WP.stagedPackets());
    assertEquals(4096, WP.handshakeQueue());
  }

  @Test
  void whatFollowsFromThem() {
    assertEquals(540, seconds(WP.wipeAfterNs()));
    assertEquals(18, WP.maxAttempts());
    assertEquals(15, seconds(WP.newHandshakeNs()));
    assertEquals(165, seconds(WP.lateRekeyNs()));
  }

  @Test
  void jitterIsFromZeroToItsMostAndReachesBothEnds() {
    // The range is cut to four values, so that both ends turn up.
    Limits few = WP.faster(100_000_000);
    assertEquals(3, few.jitterNs());
    RandomGenerator chance = new java.util.SplittableRandom(1);
    boolean[] seen = new boolean[4];
    for (int i = 0; i < 200; i++) {
      seen[(int) few.jitter(chance)] = true;
      long jitter = WP.jitter(chance);
      assertTrue(jitter >= 0 && jitter <= 333_000_000, "jitter " + jitter);
    }
    for (int value = 0; value < seen.length; value++) {
      assertTrue(seen[value], "never drew " + value);
    }
  }

  @Test
  void fasterKeepsTheProportions() {
    Limits fast = WP.faster(20);
    assertEquals(6, seconds(fast.rekeyAfterNs()));
    assertEquals(9, seconds(fast.rejectAfterNs()));
    assertEquals(18, fast.maxAttempts());
    assertEquals(27, seconds(fast.wipeAfterNs()));
    assertEquals(WP.rejectAfterMessages(), fast.rejectAfterMessages());
  }

  @Test
  void copiesChangeWhatTheyName() {
    Limits few = WP.withMessages(10, 20).withQueues(3, 4096, 8).withTableBytes(99);
    assertEquals(10, few.rekeyAfterMessages());
    assertEquals(20, few.rejectAfterMessages());
    assertEquals(3, few.stagedPackets());
    assertEquals(4096, few.stagedBytes());
    assertEquals(8, few.handshakeQueue());
    assertEquals(99, few.tableBytes());
    assertEquals(
        WP,
        few.withMessages(WP.rekeyAfterMessages(), WP.rejectAfterMessages())
            .withQueues(WP.stagedPackets(), WP.stagedBytes(), WP.handshakeQueue())
            .withTableBytes(WP.tableBytes()));
  }

  @Test
  void aTimeOfZeroIsRefusedByName() {
    var error = assertThrows(IllegalArgumentException.class, () -> WP.faster(2_000_000_000));
    assertTrue(error.getMessage().contains("underLoadNs"), error.getMessage());
  }

  private static long seconds(long ns) {
    assertEquals(0, ns % 1_000_000_000);
    return TimeUnit.NANOSECONDS.toSeconds(ns);
  }

  private static String unsigned(long value) {
    return Long.toUnsignedString(value);
  }
}
