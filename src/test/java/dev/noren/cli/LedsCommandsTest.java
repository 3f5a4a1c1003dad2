package dev.noren.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.control.LightDesk;
import dev.noren.status.Signal.Form;
import dev.noren.status.SignalFile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedsCommandsTest {
  private final List<String> asked = new ArrayList<>();
  private final Shell shell = new Shell();

  private LightDesk desk(String signal, Form form) {
    return new LightDesk() {
      @Override
      public Shown lights() {
        return new Shown(signal, form, null, List.of("the button is not there: no chip"));
      }

      @Override
      public void identify(int seconds) {
        asked.add("identify " + seconds);
      }

      @Override
      public int testLights() {
        asked.add("test");
        return 4;
      }

      @Override
      public void factoryReset(String author) {
        asked.add("reset");
      }
    };
  }

  @Test
  void showSaysWhatTheyShowAndMeanAndWhatIsMissing() {
    shell.host.lights = desk("down-4", Form.THREE);
    assertEquals(0, shell.run("leds", "show"));
    assertEquals(
        """
        down-4: The tunnel is down: the far end does not answer.
          status    lit
          internet  lit
          VPN       4 short blinks, then a pause
        """,
        shell.out);
    assertTrue(shell.err.contains("the button is not there: no chip."), shell.err);
  }

  @Test
  void inJapaneseToo() {
    shell.host.lights = desk("down-4", Form.THREE);
    assertEquals(
        """
        down-4: トンネルが切れています。相手側が応答しません。
          状態            点灯
          インターネット  点灯
          VPN             短く4回光って休む
        """,
        out("--language", "ja", "leds", "show"));
    assertEquals(
        """
        down-4: トンネルが切れています。相手側が応答しません。
          状態            点灯
          インターネット  点灯
          VPN             短く4回光って休む
          1つだけ         短く4回光って休む
        """,
        out("--language", "ja", "leds", "explain", "blink4"));
    shell.host.lights = desk("up", Form.RGB);
    assertTrue(out("--language", "ja", "leds", "show").contains("  ランプ          緑、点灯\n"));
    assertTrue(out("--language", "ja", "leds", "test").startsWith("次の順に、4秒ずつ示します。\n"));
  }

  @Test
  void aLampOfAnyColourIsSaidWithIt() {
    shell.host.lights = desk("up", Form.RGB);
    assertTrue(out("leds", "show").contains("  light     green, lit\n"));
  }

  private String out(String... arguments) {
    assertEquals(0, shell.run(arguments), shell.err);
    return shell.out;
  }

  @Test
  void explainNeedsNoRouter() {
    assertTrue(out("leds", "explain", "blink4").startsWith("down-4: "));
    assertTrue(out("leds", "explain", "on,blink1,off").startsWith("no-cable: "));
    String one = out("leds", "explain", "blink1");
    assertTrue(one.contains("no-cable: ") && one.contains("down-1: "), one);
    assertTrue(out("leds", "explain", "fault").startsWith("fault: "));
    assertEquals(
        SignalFile.TABLE.all().size(),
        out("leds", "explain").lines().filter(line -> line.matches("[a-z].*")).count());
    assertEquals(1, shell.run("leds", "explain", "blink7"));
    assertTrue(shell.err.contains("blink7 is no signal and no rhythm"), shell.err);
    assertEquals(List.of(), shell.host.asked);
  }

  @Test
  void testAndIdentifyAskTheRouter() {
    shell.host.lights = desk("up", Form.ONE);
    assertTrue(out("leds", "test").startsWith("For 4 s each"));
    out("leds", "identify");
    out("leds", "identify", "--seconds", "0");
    assertEquals(List.of("test", "identify 60", "identify 0"), asked);
    assertEquals(1, shell.run("leds", "identify", "--seconds", "3601"));
    assertEquals(2, shell.run("leds", "identify", "--seconds", "x"));
  }
}
