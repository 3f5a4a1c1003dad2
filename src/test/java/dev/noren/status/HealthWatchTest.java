package dev.noren.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is seen over time, and which state is in force from when on. */
class HealthWatchTest {
  private static final Instant AT = Instant.parse("2026-10-05T08:00:00Z");
  private static final long LOOK_NS = 500_000_000L;
  private static final long S = 2 * LOOK_NS;

  /** What is seen, by a word: lines, tunnels, words. */
  private static final Map<String, List<String>> SEEN =
      Map.ofEntries(
          Map.entry("setup", List.of("s", "", "unclaimed")),
          Map.entry("cable-out", List.of("-", "25/5/1/0", "")),
          Map.entry("no-lease", List.of("s", "25/5/1/0", "")),
          Map.entry("nowhere", List.of("i", "25/5/1/0", "")),
          Map.entry("trying", List.of("w", "25/_/_/6", "")),
          Map.entry("down", List.of("w", "25/_/_/30", "")),
          Map.entry("one-down", List.of("w", "25/5/1/0,25/_/_/30", "")),
          Map.entry("spare", List.of("sw", "25/5/1/0", "")),
          Map.entry("lossy", List.of("w", "25/5/1/0l", "")),
          Map.entry("clock", List.of("w", "25/5/1/0", "clock")),
          Map.entry("quiet", List.of("w", "25/5/_/0", "")),
          Map.entry("up", List.of("w", "25/5/1/0", "")),
          Map.entry("ready", List.of("w", "", "")),
          Map.entry("updating", List.of("w", "25/5/1/0", "updating")),
          Map.entry("stuck", List.of("w", "25/5/1/0", "stuck")));

  /**
   * A row: its name; what is seen, each with the second from which on, and behind a + what the
   * doctor has said by then; and what is in force, with the second from which on.
   */
  private static final String ROWS =
      """
      the start: what is well is so at once       | 0 up | 0 up
      a start to be set up                        | 0 setup | 0 setup
      a start without a tunnel                    | 0 ready | 0 ready
      a start to a tunnel                         | 0 trying 4 quiet 5 up | 0 trying 7 up
      a start while ports wake up                 | 0 cable-out 3 no-lease 6 trying 8 up | 6 trying 11 up
      a start without a cable                     | 0 cable-out | 10 no-cable
      a start on the spare line                   | 0 no-lease 2 spare | 10 fallback
      a start that nobody uses                    | 0 quiet | 0 unproved

      each gets worse in its own time             | 0 up 10 cable-out | 0 up 13 no-cable
      no lease                                    | 0 up 10 no-lease | 0 up 15 no-address
      nothing beyond                              | 0 up 10 nowhere | 0 up 16 no-internet
      a tunnel is tried                           | 0 up 10 trying | 0 up 12 trying
      and is down                                 | 0 up 10 trying 34 down | 0 up 12 trying 36 down-4
      one of several                              | 0 up 10 one-down | 0 up 15 degraded
      the spare line                              | 0 up 10 spare | 0 up 12 fallback
      losses                                      | 0 up 10 lossy | 0 up 30 poor
      the clock                                   | 0 up 10 clock | 0 up 20 clock
      nothing comes through                       | 0 up 10 quiet | 0 up 15 unproved
      a loop is stuck                             | 0 up 10 stuck | 0 up 12 fault
      what gets worse meanwhile needs no new time | 0 up 10 trying 11 down 12 cable-out | 0 up 13 no-cable

      less than its time is nothing               | 0 up 10 cable-out 12.5 up | 0 up
      losses for a moment                         | 0 up 10 lossy 29 up | 0 up
      one moment of good is none                  | 0 up 10 down 60 up 62 down | 0 up 12 down-4
      it is better after 3 s                      | 0 up 10 down 60 up | 0 up 12 down-4 63 up
      after the second fall after 6               | 0 up 10 down 60 up 70 down 80 up | 0 up 12 down-4 63 up 72 down-4 86 up
      after a third after 12                      | 0 up 10 down 60 up 70 down 80 up 90 down 100 up | 0 up 12 down-4 63 up 72 down-4 86 up 92 down-4 112 up
      and after a calm it is forgotten            | 0 up 10 down 60 up 70 down 80 up 371 down 400 up | 0 up 12 down-4 63 up 72 down-4 86 up 373 down-4 403 up
      a calm that is bad is one, too              | 0 up 10 down 60 up 70 down 400 up | 0 up 12 down-4 63 up 72 down-4 403 up
      it may get better by steps                  | 0 up 10 cable-out 20 no-lease 21 trying 24 up | 0 up 13 no-cable 23 trying 27 up

      facts need no time                          | 0 up 10 updating 20 up | 0 up 10 updating 22 up
      nor does an update that fails               | 0 up 10 updating 20 down | 0 up 10 updating 22 down-4
      it is claimed                               | 0 setup 10 trying 15 up | 0 setup 12 trying 18 up
      it is forgotten                             | 0 down 20 setup | 10 down-4 20 setup
      the last tunnel is taken away               | 0 up 10 ready | 0 up 12 ready

      a finding comes                             | 0 up 10 down 20 down+5-3 | 0 up 12 down-4 22 down-5+5-3
      it comes with the state                     | 0 up 10 trying+4-3 40 down+4-3 | 0 up 12 trying+4-3 42 down-4+4-3
      it is not known any more, and stays         | 0 up 10 down+4-3 20 down | 0 up 12 down-4+4-3
      another one has to be said twice            | 0 up 10 down+4-3 30 down+5-3 | 0 up 12 down-4+4-3 42 down-5+5-3
      one that goes to and fro does not change it | 0 up 10 down+4-3 30 down+5-3 41 down+4-3 50 down+5-3 61 down+4-3 | 0 up 12 down-4+4-3
      another place                               | 0 up 10 one-down+4-3@wg1 30 one-down+4-3@wg0 | 0 up 15 degraded+4-3 42 degraded+4-3
      it is over, and the rest is not             | 0 up 10 lossy+6-4 40 lossy+none | 0 up 30 poor+6-4 52 poor
      nothing beyond, as was found                | 0 up 10 trying 15 trying+2-2* | 0 up 12 trying 21 no-internet+2-2
      a hole that somebody asked about            | 0 up 10 up+6-3@wg0 40 up+none | 0 up 30 poor+6-3 43 up
      a caller's own trouble                      | 0 up 10 quiet+none | 0 up 15 unproved
      """;

  private static Stream<String> rows() {
    return ROWS.lines().filter(line -> line.contains("|"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void whatIsSeenLeadsToWhatIsInForce(String row) {
    String[] columns = row.split("\\|", -1);
    assertEquals(columns[2].strip(), run(words(columns[1]), 600));
  }

  /** What comes and goes by less than the times changes nothing, however long it does so. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("flaps")
  void whatFlapsDoesNotChangeTheState(String row) {
    String[] columns = row.split("\\|", -1);
    String[] seen = words(columns[0]);
    List<String> flapping = new ArrayList<>(List.of("0", "up"));
    for (double at = 10; at < 3_600; ) {
      for (int i = 0; i < seen.length; i += 2) {
        flapping.add(Double.toString(at));
        flapping.add(seen[i + 1]);
        at += Double.parseDouble(seen[i]);
      }
    }
    assertEquals(columns[1].strip(), run(flapping.toArray(String[]::new), 3_600));
  }

  private static Stream<String> flaps() {
    return """
    2.5 cable-out 0.5 up     | 0 up
    1.5 trying 1 up          | 0 up
    4 no-lease 2 up          | 0 up
    15 lossy 15 up           | 0 up
    5 trying 2.5 up          | 0 up 12 trying
    2 down 2.5 up            | 0 up
    2.5 down 2.5 up          | 0 up 12 down-4
    1 cable-out 1 down 1 up 1 trying | 0 up 15 down-4
    0.5 down 0.5 up          | 0 up
    """
        .lines();
  }

  /** A line that is up and down by turns for longer is not written down each time. */
  @Test
  void whatKeepsFallingIsToldLessAndLess() {
    List<String> seen = new ArrayList<>(List.of("0", "up"));
    for (int at = 10; at < 3_600; at += 20) {
      seen.addAll(List.of("" + at, "down", "" + (at + 10), "up"));
    }
    String told = run(seen.toArray(String[]::new), 3_600);
    assertEquals("0 up 12 down-4 23 up 32 down-4 46 up 52 down-4", told);
  }

  private static String[] words(String text) {
    return text.strip().split(" +", -1);
  }

  /** What was in force, each from which second on. */
  private static String run(String[] seen, int seconds) {
    HealthWatch watch = new HealthWatch(AT);
    List<String> told = new ArrayList<>();
    int next = 0;
    HealthSigns signs = null;
    for (long now = 0; now < seconds * S; now += LOOK_NS) {
      while (next < seen.length && Double.parseDouble(seen[next]) * S <= now) {
        signs = signs(seen[next + 1]);
        next += 2;
      }
      boolean changed = watch.look(signs, AT.plusNanos(now), now);
      Condition is = watch.now();
      if (changed) {
        double at = (double) now / S;
        told.add(
            (at == Math.rint(at) ? Long.toString((long) at) : Double.toString(at))
                + " "
                + is.state()
                + (is.finding() == null ? "" : "+" + is.finding().number()));
        assertTrue(!is.since().isAfter(AT.plusNanos(now)));
      }
    }
    return String.join(" ", told);
  }

  private static HealthSigns signs(String word) {
    String[] parts = word.split("\\+", -1);
    List<String> seen = SEEN.get(parts[0]);
    return Signs.of(seen.get(0), seen.get(1), parts.length > 1 ? parts[1] : "", seen.get(2));
  }

  /** The state's own begin, whatever is found out later; and the newest evidence. */
  @Test
  void aFindingThatComesLaterLeavesTheBeginOfItsState() {
    HealthWatch watch = new HealthWatch(AT);
    assertEquals(new Condition(Health.STARTING, AT, null), watch.now());
    watch.look(Signs.of("w", "25/_/_/6", "", ""), AT.plusSeconds(1), S);
    watch.look(Signs.of("w", "25/_/_/6", "4-3", ""), AT.plusSeconds(2), 2 * S);
    assertTrue(watch.look(Signs.of("w", "25/_/_/6", "4-3", ""), AT.plusSeconds(4), 4 * S));
    assertEquals(
        new Condition(Health.TRYING, AT.plusSeconds(1), Signs.finding("4-3")), watch.now());
  }
}
