package dev.noren.led;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.led.ButtonMachine.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ButtonMachineTest {
  private static final long MS = 1_000_000;

  private final ButtonMachine machine = new ButtonMachine();

  /** Contacts that change at these times, and the machine asked at each time that it wants. */
  private List<String> happens(long untilMs, long... changesMs) {
    List<String> events = new ArrayList<>();
    boolean contact = false;
    int next = 0;
    long now = 0;
    while (now <= untilMs * MS) {
      if (next < changesMs.length && changesMs[next] * MS == now) {
        contact = !contact;
        next++;
      }
      Event event = machine.at(contact, now);
      if (event != Event.NONE) {
        events.add(event + " " + now / MS);
      }
      long asked = machine.nextNs();
      long change = next < changesMs.length ? changesMs[next] * MS : ButtonMachine.NEVER;
      if (Math.min(asked, change) == ButtonMachine.NEVER) {
        break;
      }
      assertTrue(Math.min(asked, change) > now || event != Event.NONE, "it spins");
      now = Math.max(now, Math.min(asked, change));
    }
    return events;
  }

  @ParameterizedTest
  @CsvSource({
    // let go after, what comes of it
    "29, ''",
    "30, ''",
    "31, 'PRESSED 161'",
    "1999, 'PRESSED 2129'",
    "2000, 'HELD 2130'",
    "4999, 'HELD 5129'",
    "5000, 'HELD 5130'",
    "5001, 'ARMED 5100 LET_GO 5131'",
    "9999, 'ARMED 5100 LET_GO 10129'",
    "10001, 'ARMED 5100 RESET 10100'",
    "60000, 'ARMED 5100 RESET 10100'",
  })
  void whatAPressOfThisLengthDoes(long lengthMs, String events) {
    assertEquals(events, String.join(" ", happens(100_000, 100, 100 + lengthMs)));
  }

  @Test
  void contactsThatBounceAreOnePress() {
    assertEquals(
        List.of("PRESSED 850"), happens(5_000, 100, 103, 105, 112, 113, 800, 802, 803, 815, 820));
  }

  @Test
  void noiseIsNoPress() {
    assertEquals(List.of(), happens(5_000, 100, 110, 200, 229, 300, 301));
  }

  @Test
  void aBounceWhileItIsHeldDoesNotBeginAnew() {
    assertEquals(
        List.of("ARMED 5100", "RESET 10100"), happens(11_000, 100, 4_000, 4_010, 9_000, 9_020));
  }

  @Test
  void lettingGoBeforeTenSecondsChangesNothingAndTheNextPressBeginsAnew() {
    assertEquals(
        List.of("ARMED 5100", "LET_GO 9030", "PRESSED 9530"),
        happens(30_000, 100, 9_000, 9_200, 9_500));
    assertFalse(machine.isArmed());
  }

  /** Whoever presses must have seen the warning, however late we were. */
  @Test
  void whoWasNotWarnedResetsNothing() {
    machine.at(true, 0);
    machine.at(true, 30 * MS);
    assertEquals(Event.ARMED, machine.at(true, 20_000 * MS));
    assertTrue(machine.isArmed());
    assertEquals(Event.NONE, machine.at(true, 23_999 * MS));
    assertEquals(24_000 * MS, machine.nextNs());
    assertEquals(Event.RESET, machine.at(true, 24_000 * MS));
    assertFalse(machine.isArmed());
    assertEquals(Event.NONE, machine.at(true, 40_000 * MS));
  }

  /** However contacts bounce, no press shorter than ten seconds resets. */
  @RepeatedTest(20)
  void nothingShortEverResets() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Long> changes = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < 40; i++) {
      // Down for less than 10 s in all, up for more than the debouncing time.
      now += 40 + random.nextInt(2_000);
      changes.add(now);
      now += 1 + random.nextInt(9_900);
      changes.add(now);
    }
    List<String> events = happens(now + 100, changes.stream().mapToLong(c -> c).toArray());
    assertTrue(events.stream().noneMatch(e -> e.startsWith("RESET")), seed + ": " + events);
  }
}
