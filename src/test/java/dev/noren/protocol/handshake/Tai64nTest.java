package dev.noren.protocol.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Tai64nTest {
  private static byte[] of(long unixNs) {
    byte[] out = new byte[Tai64n.SIZE];
    Tai64n.write(unixNs, out, 0);
    return out;
  }

  private static int compare(byte[] a, byte[] b) {
    return Tai64n.compare(a, 0, b, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 400000000000000a00000000", // 1970, where a board without a clock wakes up
    "1, 400000000000000a00000000",
    "16777215, 400000000000000a00000000",
    "16777216, 400000000000000a01000000",
    "999999999, 400000000000000a3b000000", // the last step of a second is a short one
    "1000000000, 400000000000000b00000000",
    "1700000000123456789, 400000006553f10a07000000",
    "-1, 40000000000000093b000000", // a clock set before 1970
    "-1000000000, 400000000000000900000000",
    "9223372036854775807, 4000000225c17d0e32000000", // the year 2262
    "-9223372036854775808, 3ffffffdda3e830508000000",
  })
  void writesSecondsAndRoundedNanoseconds(long unixNs, String expected) {
    byte[] out = new byte[16];
    Tai64n.write(unixNs, out, 2);
    assertEquals("0000" + expected + "0000", HexFormat.of().formatHex(out));
  }

  @Test
  void roundsDownToAStepWithinTheSecond() {
    assertEquals(1L << 24, Tai64n.STEP_NS);
    Random random = new Random(24);
    for (int i = 0; i < 1000; i++) {
      long now = random.nextLong() >> 2;
      long read = Tai64n.toUnixNs(of(now), 0);
      assertTrue(read <= now && now - read < Tai64n.STEP_NS, "now " + now);
      assertEquals(0, Math.floorMod(read, 1_000_000_000L) % Tai64n.STEP_NS);
    }
  }

  @Test
  void ordersAsTimeDoes() {
    long[] times = {
      Long.MIN_VALUE,
      -1_000_000_001L,
      -1,
      0,
      16_777_216,
      999_999_999,
      1_000_000_000,
      1_700_000_000_000_000_000L,
      Long.MAX_VALUE
    };
    for (int i = 0; i < times.length; i++) {
      for (int j = 0; j < times.length; j++) {
        assertEquals(
            Integer.signum(Integer.compare(i, j)),
            Integer.signum(compare(of(times[i]), of(times[j]))),
            times[i] + " and " + times[j]);
      }
    }
    assertEquals(0, compare(of(0), of(Tai64n.STEP_NS - 1)), "the same step");
  }

  /** What a store that reserves timestamps ahead relies on. */
  @Test
  void oneStepLaterIsStrictlyGreater() {
    Random random = new Random(25);
    for (int i = 0; i < 1000; i++) {
      long time = Tai64n.toUnixNs(of(random.nextLong() >> 2), 0);
      assertTrue(compare(of(time + Tai64n.STEP_NS), of(time)) > 0, "time " + time);
    }
    long lastStep = 59 * Tai64n.STEP_NS;
    assertEquals(1_000_000_000L, Tai64n.toUnixNs(of(lastStep + Tai64n.STEP_NS), 0));
  }

  /** A mistake that others shipped: a crash on a clock that steps back. */
  @Test
  void aClockThatStepsBackMakesAnEarlierTimestampAndNoError() {
    byte[] before = of(1_700_000_000_000_000_000L);
    assertTrue(compare(of(0), before) < 0);
    assertTrue(compare(of(-1), of(0)) < 0);
    assertTrue(compare(of(1_700_000_000_000_000_000L - Tai64n.STEP_NS), before) < 0);
  }

  @ParameterizedTest
  @CsvSource({
    "400000000000000a00000001, 1", // another implementation may not round
    "ffffffffffffffffffffffff, 9223372036854775807",
    "8000000000000000ffffffff, 9223372036854775807",
    "7fffffffffffffffffffffff, 9223372036854775807",
    "4000000225c17d0e32f0f0f0, 9223372036854651120",
    "4000000225c17d0effffffff, 9223372036854775807",
    "000000000000000000000000, -9223372036854775808",
  })
  void readsWhatAHostileTimestampSays(String timestamp, long expected) {
    byte[] bytes = HexFormat.of().parseHex(timestamp);
    assertEquals(expected, Tai64n.toUnixNs(bytes, 0));
  }

  @Test
  void comparesAndReadsAtOffsets() {
    byte[] both = new byte[2 + 2 * Tai64n.SIZE];
    Tai64n.write(5_000_000_000L, both, 1);
    Tai64n.write(6_000_000_000L, both, 1 + Tai64n.SIZE);
    assertTrue(Tai64n.compare(both, 1, both, 1 + Tai64n.SIZE) < 0);
    assertEquals(6_000_000_000L, Tai64n.toUnixNs(both, 1 + Tai64n.SIZE));
  }
}
