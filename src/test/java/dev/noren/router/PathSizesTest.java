package dev.noren.router;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.net.IpAddress;
import dev.noren.router.PathSizes.Ask;
import dev.noren.router.PathSizes.Way;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathSizesTest {
  private static final Way HQ = new Way("hq", IpAddress.parse("10.50.0.1"), 1, 1420);
  private static final Way BRANCH = new Way("hq", IpAddress.parse("10.60.0.1"), 1, 1420);
  private static final Way OTHER = new Way("cloud", IpAddress.parse("10.70.0.1"), 2, 1380);
  private static final int OPEN = 65_535;

  private final PathSizes sizes = new PathSizes();
  private long nowNs = -SECONDS.toNanos(5);
  private int sentBytes;

  /** Asks whom it wants for so long, over a way that lets packets of so many bytes through. */
  private void pass(long seconds, Map<Way, Integer> ways) {
    long end = nowNs + SECONDS.toNanos(seconds);
    while (nowNs < end) {
      if (sizes.isTime(nowNs)) {
        Ask ask = sizes.due(ways.keySet(), nowNs);
        if (ask != null) {
          int most = ways.get(ask.way());
          Set<Integer> came = new HashSet<>(ask.bytes());
          came.removeIf(each -> each > most);
          ask.bytes().forEach(each -> sentBytes += each);
          sizes.heard(ask, most > 0, came, nowNs + MINUTES.toNanos(1) / 60);
        }
      }
      nowNs += SECONDS.toNanos(1) / 2;
    }
  }

  @Test
  void whereAllComesThroughNothingIsLess() {
    pass(3600, Map.of(HQ, OPEN, OTHER, OPEN));
    assertEquals(Map.of(), sizes.passing());
    assertTrue(sentBytes * 2 * 8 / 3600 < 900, sentBytes + " bytes in an hour");
  }

  /** What the path lets through, and what the tunnel gets for it. */
  @ParameterizedTest
  @CsvSource({
    "1420, 0",
    "1419, 1408",
    "1408, 1408",
    "1407, 1392",
    "1360, 1360",
    "1240, 1232",
    "1231, 1200",
    "1199, 1152",
    "600, 576",
    "576, 576",
    "575, 0",
  })
  void theLargestThatComesIsWhatIsSent(int most, int expected) {
    pass(60, Map.of(HQ, most));
    assertEquals(expected == 0 ? Map.of() : Map.of("hq", expected), sizes.passing());
  }

  @Test
  void aHoleThatAppearsIsFoundInAMinuteAndItsEndWithinTwenty() {
    pass(600, Map.of(HQ, OPEN));
    pass(50, Map.of(HQ, 1240));
    assertEquals(Map.of("hq", 1232), sizes.passing());
    pass(3600, Map.of(HQ, 1240));
    assertEquals(Map.of("hq", 1232), sizes.passing());
    pass(160 * 60, Map.of(HQ, OPEN));
    assertEquals(Map.of(), sizes.passing());
  }

  @Test
  void aWayThatBecomesNarrowerStillIsFollowed() {
    pass(60, Map.of(HQ, 1299));
    assertEquals(Map.of("hq", 1296), sizes.passing());
    pass(60, Map.of(HQ, 1000));
    assertEquals(Map.of("hq", 960), sizes.passing());
    pass(1200, Map.of(HQ, 1350));
    assertEquals(Map.of("hq", 1344), sizes.passing());
  }

  @Test
  void theNarrowestFarEndOfATunnelCountsAndOtherTunnelsKeepTheirs() {
    pass(300, Map.of(HQ, 1340, BRANCH, 1280, OTHER, OPEN));
    assertEquals(Map.of("hq", 1280), sizes.passing());
  }

  @Test
  void whoIsAwayOrAnswersNothingChangesNothing() {
    pass(300, Map.of(HQ, 0));
    assertEquals(Map.of(), sizes.passing());
    pass(60, Map.of(HQ, 1299));
    assertEquals(Map.of("hq", 1296), sizes.passing());
    pass(300, Map.of(HQ, 0));
    assertEquals(Map.of("hq", 1296), sizes.passing());
    pass(300, Map.of());
    assertEquals(Map.of("hq", 1296), sizes.passing());
    pass(600, Map.of());
    assertEquals(Map.of(), sizes.passing());
  }

  /** Echoes get lost by themselves, the large ones like the small ones. */
  @Test
  void aLineThatLosesIsNoHole() {
    Random random = new Random(4711);
    long end = SECONDS.toNanos(24 * 3600);
    int narrowedTimes = 0;
    for (nowNs = 0; nowNs < end; nowNs += SECONDS.toNanos(1)) {
      if (sizes.isTime(nowNs)) {
        boolean before = sizes.passing().isEmpty();
        Ask ask = sizes.due(List.of(HQ), nowNs);
        assertNotNull(ask);
        Set<Integer> came = new HashSet<>(ask.bytes());
        came.removeIf(any -> random.nextInt(100) < 5);
        sizes.heard(ask, random.nextInt(100) >= 5, came, nowNs);
        narrowedTimes += before && !sizes.passing().isEmpty() ? 1 : 0;
      }
    }
    assertEquals(0, narrowedTimes);
  }
}
