package dev.noren.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.net.IpAddress;
import dev.noren.probe.EchoSchedule.Rules;
import dev.noren.probe.EchoSchedule.Whom;
import dev.noren.probe.FarEchoes.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EchoScheduleTest {
  private static final long S = 1_000_000_000L;
  private static final long HOUR_S = 3_600;

  /**
   * There and back, with the largest headers: Ethernet's are the line's own. IPv6, UDP, the data
   * message's head and tag, and an echo with its IPv6 header, padded to 16 bytes.
   */
  private static final long BITS = 2 * 8 * (40 + 8 + 16 + 64 + 16);

  /** An echo over a line, there and back, with its IPv4 header. */
  private static final long LINE_BITS = 2 * 8 * (20 + Echo.SIZE);

  private static final Predicate<Target> NOBODY = Set.<Target>of()::contains;
  private static final Predicate<Target> ALL = Objects::nonNull;

  private final EchoSchedule schedule = new EchoSchedule(Rules.USUAL);

  private static List<Target> targets(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Target(IpAddress.parse("10.9.0." + (i + 1)), 7))
        .toList();
  }

  private static Whom whom(boolean looked, List<Target> all, boolean proved) {
    return new Whom(looked, all, Set.copyOf(all), proved ? Set.of() : Set.copyOf(all));
  }

  /** How many echoes are sent in an hour, each time at the moment that the schedule names. */
  private long echoesInAnHour(Whom whom, Predicate<Target> unsure, Map<Target, Integer> each) {
    long sent = 0;
    long now = 0;
    while (now < HOUR_S * S) {
      List<Target> due = schedule.due(whom, unsure, now);
      sent += due.size();
      due.forEach(target -> each.merge(target, 1, Integer::sum));
      long next = schedule.nextNs(whom, unsure, now);
      if (next == EchoSchedule.NEVER) {
        return sent;
      }
      assertTrue(next > now || due.isEmpty() || next == now, "time goes on");
      now = Math.max(next, now + 1_000_000);
    }
    return sent;
  }

  /** Whatever there is and whoever looks, it is less than a kilobit a second with two lines. */
  @ParameterizedTest(name = "{0} far ends, looked at: {1}, unsure: {2}")
  @CsvSource({
    "1, false, false, 30",
    "1, true, false, 5",
    "1, false, true, 5",
    "7, false, false, 30",
    "8, true, true, 32",
    "32, false, false, 128",
    "32, true, true, 128",
  })
  void echoesCostLessThanAKilobitASecond(
      int count, boolean looked, boolean unsure, int secondsBetween) {
    Map<Target, Integer> each = new HashMap<>();
    long sent = echoesInAnHour(whom(looked, targets(count), false), unsure ? ALL : NOBODY, each);
    long bits = sent * BITS + 2 * LINE_BITS * HOUR_S * S / LineHealth.Rules.USUAL.intervalNs();
    assertTrue(bits < 1_000 * HOUR_S, bits / HOUR_S + " bit/s");
    for (int times : each.values()) {
      assertEquals((double) HOUR_S / secondsBetween, times, 2);
    }
    assertEquals(count, each.size(), "all of them have their turn");
  }

  @Test
  void whereTrafficIsTheProofNobodyIsAsked() {
    assertEquals(0, echoesInAnHour(whom(false, targets(3), true), NOBODY, new HashMap<>()));
    assertEquals(EchoSchedule.NEVER, schedule.nextNs(whom(false, targets(3), true), NOBODY, 7 * S));
  }

  @Test
  void aTunnelThatIsBeingTriedIsNotAsked() {
    List<Target> all = targets(2);
    Whom closed = new Whom(false, all, Set.of(), Set.copyOf(all));
    assertEquals(List.of(), schedule.due(closed, ALL, 0));
  }

  @Test
  void itBeginsAndEndsWithTheNeed() {
    List<Target> all = targets(2);
    Target quiet = all.getFirst();
    Whom one = new Whom(false, all, Set.copyOf(all), Set.of(quiet));
    assertEquals(List.of(quiet), schedule.due(one, NOBODY, 0), "at once");
    assertEquals(List.of(), schedule.due(one, NOBODY, 29 * S));
    assertEquals(30 * S, schedule.nextNs(one, NOBODY, 3 * S));
    assertEquals(List.of(), schedule.due(whom(false, all, true), NOBODY, 30 * S), "traffic came");
    assertEquals(List.of(quiet), schedule.due(one, NOBODY, 31 * S), "and ended");
    assertEquals(
        List.of(quiet), schedule.due(one, quiet::equals, 36 * S), "that one was lost: soon again");
    List<Target> looked = new ArrayList<>(schedule.due(whom(true, all, true), NOBODY, 41 * S));
    assertEquals(all, looked, "somebody looks at all of them");
    assertEquals(List.of(), schedule.due(whom(true, all, true), NOBODY, 48 * S));
    assertEquals(
        all, schedule.due(whom(true, all, true), NOBODY, 49 * S), "two took twice as long");
  }
}
