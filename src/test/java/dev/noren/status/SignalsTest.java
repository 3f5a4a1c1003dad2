package dev.noren.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.status.Signal.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsTest {
  private static final Signals TABLE = SignalFile.TABLE;
  private static final String BEGIN = "<!-- begin lights -->\n";
  private static final String END = "<!-- end lights -->\n";

  @ParameterizedTest
  @EnumSource(Health.class)
  void eachStateOfHealthHasItsSignal(Health health) {
    assertNotNull(TABLE.of(health), health.key());
    assertEquals(health.key(), TABLE.of(health).key());
  }

  @ParameterizedTest
  @ValueSource(strings = {"identify", "armed", "night", "off"})
  void soHasWhatIsNoHealth(String key) {
    assertNotNull(TABLE.get(key));
  }

  /** The colour is never all that tells two apart: not even the blind to colours see less. */
  @ParameterizedTest
  @CsvSource({
    "THREE, ''",
    "ONE, 'up=ready no-cable=down-1 no-address=down-2 degraded=fallback'",
    "RGB, 'up=ready no-cable=down-1 no-address=down-2 degraded=fallback'",
  })
  void rhythmsAloneTellSignalsApart(Form form, String alike) {
    Set<String> expected = Set.of(alike.split(" "));
    Set<String> found =
        TABLE.all().stream()
            .map(each -> TABLE.lookingLike(each, form))
            .filter(same -> same.size() > 1)
            .map(same -> same.stream().map(Signal::key).collect(Collectors.joining("=")))
            .collect(Collectors.toSet());
    assertEquals(alike.isEmpty() ? Set.of() : expected, found);
  }

  @Test
  void aFindingIsBlinkedByItsNumberInEachForm() {
    for (int group = 1; group <= 6; group++) {
      Signal signal = TABLE.get("down-" + group);
      assertEquals(group, signal.finding());
      assertEquals("blink" + group, signal.three().get(2).rhythm().name());
      assertEquals("blink" + group, signal.one().rhythm().name());
      assertEquals("blink" + group, signal.rgb().rhythm().name());
      assertEquals(group, blinks(signal.one().rhythm()));
    }
  }

  private static int blinks(Rhythm rhythm) {
    int blinks = 0;
    for (int ms = 0; ms < rhythm.periodMs(); ms++) {
      blinks += rhythm.isOn(ms) && (ms == 0 || !rhythm.isOn(ms - 1)) ? 1 : 0;
    }
    return blinks;
  }

  /** IEC 60073: slow is 0.4 to 0.8 Hz, fast 1.4 to 2.8 Hz, and the halves are about equal. */
  @Test
  void ratesAreThoseThatPeopleTellApart() {
    assertEquals(2_000, rhythm("slow").periodMs());
    assertEquals(500, rhythm("fast").periodMs());
    for (Rhythm rhythm : TABLE.rhythms()) {
      if (!rhythm.name().equals("glimmer")) {
        for (long ms = 0; ms < rhythm.periodMs(); ms = rhythm.nextEdgeMs(ms)) {
          long stays = rhythm.nextEdgeMs(ms) - ms;
          assertTrue(stays >= 200, rhythm.name() + " has a step of " + stays + " ms");
        }
      }
    }
  }

  private static Rhythm rhythm(String name) {
    return TABLE.rhythms().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
  }

  /** Good is steady light; what has only shaken hands is not. */
  @Test
  void onlyWhatIsProvedIsSteady() {
    assertEquals("on", TABLE.of(Health.UP).one().rhythm().name());
    for (Health health : Health.values()) {
      boolean steady = TABLE.of(health).one().rhythm().periodMs() == 0;
      assertEquals(health == Health.UP || health == Health.READY, steady, health.key());
    }
  }

  @Test
  void whiteAloneUsesTheBluePart() {
    for (Signal signal : TABLE.all()) {
      for (Form form : Form.values()) {
        for (Lamp lamp : signal.lamps(form)) {
          assertEquals(
              lamp.colour().blue(),
              lamp.colour().red() && lamp.colour().green() && lamp.colour() == Lamp.Colour.WHITE);
        }
      }
    }
  }

  /**
   * What people read is what the box shows. After a change, run this test and copy what it says.
   */
  @Test
  void theReadmeHasTheTable() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    assertTrue(readme.contains(BEGIN) && readme.contains(END));
    assertEquals(
        markdown(), readme.substring(readme.indexOf(BEGIN) + BEGIN.length(), readme.indexOf(END)));
  }

  private static String markdown() {
    List<String> lines = new ArrayList<>();
    lines.add("| status, internet, VPN | one lamp | it says |");
    lines.add("|---|---|---|");
    for (Signal signal : TABLE.all()) {
      lines.add(
          "| %s | %s | %s |".formatted(three(signal), signal.rgb().colouredWords(), signal.says()));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String three(Signal signal) {
    List<String> words = signal.three().stream().map(Lamp::words).toList();
    return words.stream().distinct().count() == 1
        ? "all: " + words.getFirst()
        : String.join(" · ", words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rhythm | on | on",
        "rhythm | a | on | lit\nrhythm | a | off | dark",
        "lamp | on",
        "rhythm | on | on | lit\n"
            + "signal | up | 7 | green on | green on | green on | on | green on | x",
        "rhythm | on | on | lit\n"
            + "signal | up | - | blue on | green on | green on | on | green on | x",
        "signal | up | - | green on | green on | green on | on | green on | x",
      })
  void aWrongTableIsRefusedWithItsLine(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Signals.parse(text)).getMessage();
    assertTrue(message.matches("signals, line [12]: .+"), message);
  }
}
