package dev.noren.led;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import dev.noren.led.Fittings.Places;
import dev.noren.status.Health;
import dev.noren.status.Lamp.Colour;
import dev.noren.status.Signal.Form;
import dev.noren.street.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop on a clock of its own, and all of it with Pi4J's made-up lines and a folder as /sys. */
class LightsTest {
  private static final long MS = 1_000_000;

  @TempDir private Path folder;
  private final List<String> wishes = Collections.synchronizedList(new ArrayList<>());

  private final Lights.Wishes wisher =
      new Lights.Wishes() {
        @Override
        public void pressed(long atNs) {
          wishes.add("pressed");
        }

        @Override
        public void held() {
          wishes.add("held");
        }

        @Override
        public void reset() {
          wishes.add("reset");
        }
      };

  /** Writes down when it was lit. */
  private static final class Paper implements Led {
    private final List<String> lit = new ArrayList<>();
    private long nowMs;
    private boolean broken;

    @Override
    public void light(Colour colour) throws IOException {
      if (broken) {
        throw new IOException("it is broken");
      }
      lit.add((colour == null ? "dark" : colour) + " " + nowMs);
    }

    @Override
    public void close() {
      lit.add("closed " + nowMs);
    }
  }

  private static void draw(LightLoop loop, long fromMs, long untilMs, Paper... papers) {
    long now = fromMs * MS;
    while (now < untilMs * MS) {
      for (Paper paper : papers) {
        paper.nowMs = now / MS;
      }
      now = Math.max(now + 1, Math.min(untilMs * MS, loop.turn(now, false)));
    }
  }

  @Test
  void aRhythmIsDrawnAtItsEdgesAndNotBetween() {
    LightState state = new LightState();
    Paper paper = new Paper();
    LightLoop loop = new LightLoop(state, Form.ONE, List.of(paper));
    state.health(Health.DOWN_1);
    draw(loop, 1_000, 4_000, paper);
    assertEquals(List.of("WHITE 1000", "dark 1250", "WHITE 3500", "dark 3750"), paper.lit);
    paper.lit.clear();
    paper.nowMs = 4_000;
    state.health(Health.UP);
    assertEquals(LightLoop.NEVER, loop.turn(4_000 * MS, false));
    draw(loop, 4_000, 9_000, paper);
    assertEquals(List.of("WHITE 4000"), paper.lit);
  }

  @Test
  void threeLampsKeepTheirTimeTogether() {
    LightState state = new LightState();
    Paper[] papers = {new Paper(), new Paper(), new Paper()};
    LightLoop loop = new LightLoop(state, Form.THREE, List.of(papers));
    state.health(Health.FAULT);
    draw(loop, 500, 1_200, papers);
    for (Paper paper : papers) {
      assertEquals(List.of("RED 500", "dark 750", "RED 1000"), paper.lit);
    }
  }

  @Test
  void aLampThatFailsIsGivenUpAndTheOthersGoOn() {
    LightState state = new LightState();
    Paper broken = new Paper();
    Paper well = new Paper();
    broken.broken = true;
    LightLoop loop = new LightLoop(state, Form.THREE, List.of(broken, well, new Paper()));
    state.health(Health.FAULT);
    draw(loop, 0, 600, broken, well);
    assertEquals(List.of("closed 0"), broken.lit);
    assertEquals(List.of("RED 0", "dark 250", "RED 500"), well.lit);
  }

  private Path kernelLed(String name, int most) throws IOException {
    Path led = Files.createDirectories(folder.resolve("leds").resolve(name));
    Files.writeString(led.resolve("max_brightness"), most + "\n");
    Files.writeString(led.resolve("brightness"), "0\n");
    return led.resolve("brightness");
  }

  private Places places() throws IOException {
    return new Places(
        Files.createDirectories(folder.resolve("dev")),
        Files.createDirectories(folder.resolve("leds")),
        folder);
  }

  private Lights start(String board, Pins pins) throws IOException {
    return Lights.start(
        BoardFile.parse("board", board), places(), () -> pins, now -> 0, wisher, () -> 12 * 60);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void theKernelsLedShowsHealthAndIsDarkAtTheEnd() throws IOException {
    Path brightness = kernelLed("ACT", 255);
    try (Lights lights = start("form one\nlamp status class ACT", null)) {
      lights.looks(Health.UP);
      Wait.until("it is lit", () -> read(brightness).equals("255\n"));
      Wait.until("it says so", () -> lights.shown().key().equals("up"));
      assertEquals(List.of(), lights.warnings());
      lights.looks(Health.DOWN_1);
      Wait.until("it goes dark", () -> read(brightness).equals("000\n"));
      Wait.until("it blinks", () -> read(brightness).equals("255\n"));
    }
    assertEquals("000\n", read(brightness));
  }

  @Test
  void whatIsMissingIsOneWarningEachAndTheRestWorks() throws IOException {
    Path brightness = kernelLed("ACT", 1);
    String board =
        """
        form three
        lamp status class ACT
        lamp internet class none
        lamp vpn gpio pinctrl-rp1 27
        button key 408 gpio-keys
        watchdog %s
        """
            .formatted(folder.resolve("watchdog"));
    try (Lights lights = start(board, Pins.in(places().dev()))) {
      assertEquals(
          List.of(
              "the light internet is not there: the kernel has no LED none in "
                  + folder.resolve("leds"),
              "the light vpn is not there: there is no GPIO chip pinctrl-rp1, nor any other",
              "the watchdog is not there: can't open "
                  + folder.resolve("watchdog")
                  + ": no such file (ENOENT)",
              "the button is not there: there is no input device gpio-keys, nor any other"),
          lights.warnings());
      lights.looks(Health.UP);
      Wait.until("the one that is there is lit", () -> read(brightness).equals("001\n"));
    }
  }

  @Test
  void aPi4jThatCannotBeUsedIsAWarning() throws IOException {
    String board = "form one\nlamp status gpio one 5\nbutton gpio one 6";
    try (Lights lights =
        Lights.start(
            BoardFile.parse("board", board),
            places(),
            () -> {
              throw new IllegalStateException("no context");
            },
            now -> 0,
            wisher,
            () -> 0)) {
      assertEquals(
          List.of(
              "the light status is not there: Pi4J can't be used here (no context)",
              "the button is not there: Pi4J can't be used here (no context)"),
          lights.warnings());
    }
  }

  @Test
  void theWatchdogIsFedAndStopped() throws IOException {
    Path watchdog = Files.createFile(folder.resolve("watchdog"));
    try (Lights lights = start("watchdog " + watchdog, null)) {
      Wait.until("it is fed", () -> read(watchdog).startsWith("."));
      assertEquals(Form.THREE, lights.form());
    }
    assertTrue(read(watchdog).endsWith(".V"), read(watchdog));
  }

  @Test
  void aPanelHasALineForEachLamp() throws IOException {
    String board = "form three\nlamp status panel p\nlamp internet panel p\nlamp vpn panel p";
    Path panel = folder.resolve("p");
    try (Lights lights = start(board, null)) {
      lights.looks(Health.READY);
      Wait.until(
          "it is drawn",
          () -> read(panel).equals("status    green \ninternet  green \nvpn       dark  \n"));
      lights.identify(60);
      Wait.until("white", () -> read(panel).contains("vpn       white"));
      Wait.until("it says so", () -> lights.shown().key().equals("identify"));
      lights.identify(0);
      Wait.until("back", () -> lights.shown().key().equals("ready"));
    }
    assertEquals("status    dark  \ninternet  dark  \nvpn       dark  \n", read(panel));
  }

  /** Nobody is left to blink: that the status is dark and the others are lit nothing else shows. */
  @Test
  void afterAFaultLinesStayAsItIsSaidAndTheWatchdogIsNotStopped() throws IOException {
    Path watchdog = Files.createFile(folder.resolve("watchdog"));
    Pins pins = mocks();
    String board =
        """
        form three
        lamp status gpio one 5 active-low
        lamp internet gpio one 6
        lamp vpn gpio two 6
        watchdog %s
        """
            .formatted(watchdog);
    Lights lights = start(board, pins);
    lights.looks(Health.UP);
    Wait.until("it is fed", () -> read(watchdog).startsWith("."));
    Wait.until(
        "up",
        () ->
            pins.state("light-status") == DigitalState.LOW
                && pins.state("light-vpn") == DigitalState.HIGH);
    lights.fail();
    assertEquals(DigitalState.HIGH, pins.state("light-status"));
    assertEquals(DigitalState.HIGH, pins.state("light-internet"));
    assertEquals(DigitalState.HIGH, pins.state("light-vpn"));
    lights.looks(Health.READY);
    lights.identify(10);
    assertEquals(DigitalState.HIGH, pins.state("light-status"), "nobody draws any more");
    assertFalse(read(watchdog).contains("V"), read(watchdog));
    pins.close();
  }

  /** Of Pi4J's own made-up provider; active low, so that high is dark. */
  private static Pins mocks() {
    return new Pins(
        new GpioChips(Path.of("/nowhere")),
        MockDigitalOutputProvider.newInstance(),
        MockDigitalInputProvider.newInstance());
  }

  @Test
  void linesOfSeveralChipsMakeOneLampOfThreeColours() throws IOException {
    Pins pins = mocks();
    String board =
        """
        form rgb
        lamp red gpio one 5 active-low
        lamp green gpio two 5
        lamp blue gpio two 6
        """;
    try (Lights lights = start(board, pins)) {
      lights.looks(Health.UP);
      Wait.until("green", () -> states(pins).equals("HIGH HIGH LOW"));
      lights.looks(Health.UPDATING);
      Wait.until("amber", () -> states(pins).equals("LOW HIGH LOW"));
      lights.identify(100);
      Wait.until("white", () -> states(pins).equals("LOW HIGH HIGH"));
    }
  }

  private static String states(Pins pins) {
    return pins.state("light-red")
        + " "
        + pins.state("light-green")
        + " "
        + pins.state("light-blue");
  }

  @Test
  void aShortPressIsToldAndWakesTheLightsAtNight() throws IOException {
    Pins pins = mocks();
    try (Lights lights = start("button gpio one 23 active-low pull-up", pins)) {
      lights.looks(Health.UP);
      lights.night(11 * 60, 13 * 60);
      Wait.until("they rest", () -> lights.shown().key().equals("night"));
      MockDigitalInput button = (MockDigitalInput) pins.io("button");
      button.mockState(DigitalState.HIGH);
      // One that is over before the loop looked is no press, so it is pressed until it is seen.
      Wait.until(
          "it is told",
          () -> {
            button.mockState(DigitalState.LOW);
            Wait.pause(100);
            button.mockState(DigitalState.HIGH);
            Wait.pause(100);
            return wishes.contains("pressed");
          });
      Wait.until(
          "it is told that the button was held",
          () -> {
            button.mockState(DigitalState.LOW);
            Wait.pause(2_500);
            button.mockState(DigitalState.HIGH);
            Wait.pause(100);
            return wishes.contains("held");
          });
      assertFalse(wishes.contains("reset"), wishes::toString);
      lights.writing(true);
      Wait.until("the card is written to", () -> lights.shown().key().equals("updating"));
      lights.writing(false);
      Wait.until("they are awake", () -> lights.shown().key().equals("up"));
    }
  }

  /** Once it is warm; what Java itself does now and then in a thread's name is left room for. */
  @Test
  void drawingMakesNoGarbage() throws Exception {
    LightsCost.Cost cost = LightsCost.measure(3_000, 2_000);
    assertTrue(cost.allocatedBytes() < 2_000, cost.allocatedBytes() + " bytes in 2 s");
  }
}
