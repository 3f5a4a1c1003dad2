package dev.noren.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.control.SignalText;
import dev.noren.status.Signal.Form;
import dev.noren.text.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
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
  @ValueSource(strings = {"ended", "identify", "armed", "night", "off"})
  void soHasWhatIsNoHealth(String key) {
    assertNotNull(TABLE.get(key));
  }

  /** The colour is never all that tells two apart: not even the blind to colours see less. */
  @ParameterizedTest
  @CsvSource({
    "THREE, ''",
    "ONE, 'up=ready no-cable=down-1 no-address=no-internet=down-2 degraded=fallback=poor=clock"
        + " ended=off'",
    "RGB, 'up=ready no-cable=down-1 no-address=no-internet=down-2 degraded=fallback=poor=clock"
        + " ended=off'",
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

  /**
   * What people tell of a rhythm, who have no stopwatch: short or long, for each time of light and
   * of dark, in their order.
   */
  private static String kind(Rhythm rhythm) {
    if (rhythm.periodMs() == 0) {
      return rhythm.isOn(0) ? "lit" : "dark";
    }
    List<String> pairs = new ArrayList<>();
    for (long ms = 0; ms < rhythm.periodMs(); ) {
      long off = rhythm.nextEdgeMs(ms);
      long next = rhythm.nextEdgeMs(off);
      pairs.add(length(off - ms).toUpperCase(Locale.ROOT) + length(next - off));
      ms = next;
    }
    // Nobody knows which comes first.
    List<String> turned = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      Collections.rotate(pairs, 1);
      turned.add(String.join("", pairs));
    }
    return Collections.min(turned);
  }

  private static String length(long ms) {
    return ms <= 300 ? "s" : ms < 900 ? "m" : ms <= 2_500 ? "l" : "r";
  }

  /** On one lamp what differs, differs in kind or in number, and not by some milliseconds. */
  @ParameterizedTest
  @EnumSource(Form.class)
  void whatIsNotAlikeDiffersForWhoHasNoStopwatch(Form form) {
    for (Signal one : TABLE.all()) {
      for (Signal other : TABLE.all()) {
        assertEquals(
            TABLE.lookingLike(one, form).contains(other),
            kinds(one, form).equals(kinds(other, form)),
            one.key() + " and " + other.key() + ": " + kinds(one, form));
      }
    }
  }

  private static List<String> kinds(Signal signal, Form form) {
    return signal.lamps(form).stream().map(lamp -> kind(lamp.rhythm())).toList();
  }

  /**
   * IEC 60073: slow is 0.4 to 0.8 Hz, fast 1.4 to 2.8 Hz. Each light with the dark behind it is one
   * or the other; only at night the light may rest for longer.
   */
  @Test
  void eachSignalKeepsToTheRatesThatPeopleTellApart() {
    for (Signal signal : TABLE.all()) {
      for (Form form : Form.values()) {
        for (Lamp lamp : signal.lamps(form)) {
          Rhythm rhythm = lamp.rhythm();
          if (rhythm.periodMs() > 0 && !signal.key().equals("night")) {
            for (long ms = 0; ms < rhythm.periodMs(); ) {
              long next = rhythm.nextEdgeMs(rhythm.nextEdgeMs(ms));
              double hz = 1_000.0 / (next - ms);
              assertTrue(isSlow(hz) || isFast(hz), signal.key() + " has " + hz + " Hz");
              ms = next;
            }
          }
        }
      }
    }
  }

  private static boolean isSlow(double hz) {
    return hz >= 0.4 && hz <= 0.8;
  }

  private static boolean isFast(double hz) {
    return hz >= 1.4 && hz <= 2.8;
  }

  @Test
  void evenBlinkingIsAsItIsCalled() {
    for (String name : List.of("slow", "fast")) {
      Rhythm rhythm = rhythm(name);
      assertEquals(rhythm.periodMs(), 2 * rhythm.nextEdgeMs(0), "as long lit as dark");
      double hz = 1_000.0 / rhythm.periodMs();
      assertEquals(name.equals("slow"), isSlow(hz));
      assertEquals(name.equals("fast"), isFast(hz));
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
    return table(Language.ENGLISH, "| status, internet, VPN | one lamp | it says |", "all: ", " · ")
        + "\n"
        + table(Language.JAPANESE, "| 状態・インターネット・VPN | ランプが1つ | 意味 |", "3つとも ", " ・ ");
  }

  private static String table(Language language, String head, String all, String separator) {
    List<String> lines = new ArrayList<>();
    lines.add(head);
    lines.add("|---|---|---|");
    for (Signal signal : TABLE.all()) {
      List<String> three =
          signal.three().stream().map(lamp -> SignalText.does(lamp).in(language)).toList();
      lines.add(
          "| %s | %s | %s |"
              .formatted(
                  three.stream().distinct().count() == 1
                      ? all + three.getFirst()
                      : String.join(separator, three),
                  SignalText.doesInColour(signal.rgb()).in(language),
                  SignalText.says(signal).in(language)));
    }
    return String.join("\n", lines) + "\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rhythm | on",
        "rhythm | a | on\nrhythm | a | off",
        "lamp | on",
        "rhythm | on | on\nsignal | up | 7 | green on | green on | green on | on | green on",
        "rhythm | on | on\nsignal | up | - | blue on | green on | green on | on | green on",
        "signal | up | - | green on | green on | green on | on | green on",
      })
  void aWrongTableIsRefusedWithItsLine(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Signals.parse(text)).getMessage();
    assertTrue(message.matches("signals, line [12]: .+"), message);
  }
}
