package dev.noren.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.status.SignalFile;
import dev.noren.street.ShopStreet;
import dev.noren.street.Wait;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Lights and a button at lines of the kernel's own simulator, in a booted image: two lamps through
 * the GPIO device, one through the kernel's LED class.
 */
@Tag("image")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LightsBoxIT {
  private static final Pattern CODE = Pattern.compile("Set-up code / 設定コード: (\\S+)");
  private static final long TEST_STEP_MS = 4_000;

  /**
   * Looks at the lines without a rest until it is told, and writes down each change with its time.
   */
  private static final String LOOK =
      """
      cd /sys/devices/platform/gpio-sim/gpiochip* && last= && end=$(($(date +%s) + 900)) &&
      until [ -e /run/enough ] || [ $(date +%s) -gt $end ]; do for each in 1 2 3 4 5 6 7 8 9 10; do
      read -r a <sim_gpio0/value; read -r b <sim_gpio1/value; read -r c <sim_gpio8/value;
      if [ $a$b$c != "$last" ]; then read -r up rest </proc/uptime; echo $up $a$b$c; last=$a$b$c; fi;
      done; done >/run/lamps; echo looked >/run/looked
      """
          .replace("\n", " ");

  private ShopStreet street;
  private Card card;
  private Box box;

  @BeforeAll
  void build() {
    street = ShopStreet.router();
    street.noren().ip("link add eth2 type veth peer name spare");
    card = new Card();
    box =
        new Box(
            street.noren(),
            card,
            "cat >/usr/share/noren/boards/qemu-virt/lights <<'END'\n" + LightBoard.FILE + "END\n",
            List.of("-dtb", LightBoard.tree(card.folder(), card.take("u-boot.bin")).toString()));
    box.powerOn();
    box.awaitSaid("a screen shows the set-up code", CODE);
  }

  @AfterAll
  void remove() {
    box.close();
    card.close();
    street.close();
  }

  /** Looks in the background; what was seen is in /run/lamps when /run/looked is there. */
  private void look() {
    box.within("rm -f /run/looked /run/enough; (" + LOOK + ") </dev/null >/dev/null 2>&1 3<&- &");
  }

  private String seen() {
    box.within("touch /run/enough");
    Wait.until(
        "the lines have been looked at",
        Box.SLOW,
        () -> box.within("ls /run").contains("looked"),
        box::said);
    return box.within("cat /run/lamps");
  }

  private String shown() {
    return box.within("noren leds show --state /var/lib/noren").lines().findFirst().orElse("");
  }

  @Test
  void theLinesDoWhatTheTableSays() {
    assertTrue(shown().startsWith("setup: "), shown());
    look();
    box.within("noren leds test --state /var/lib/noren");
    Wait.pause(SignalFile.TABLE.all().size() * TEST_STEP_MS + TEST_STEP_MS / 2);
    String lamps = seen();
    assertEquals(List.of(), new LampTrace(lamps).wrong(TEST_STEP_MS), lamps);
  }

  /** Held for seven seconds, and let go: the lights have warned, and nothing is forgotten. */
  @Test
  void theButtonWarnsBeforeItForgets() {
    String code = box.within("cat /var/lib/noren/setup-code");
    look();
    box.within(
        "cd /sys/devices/platform/gpio-sim/gpiochip* && echo pull-down >sim_gpio%1$d/pull && sleep 7 && echo pull-up >sim_gpio%1$d/pull && sleep 4"
            .formatted(LightBoard.BUTTON));
    String lamps = seen();
    // A box that waits for its owner has one lamp lit.
    assertTrue(lamps.contains(" 111"), lamps);
    assertTrue(lamps.strip().endsWith("00"), lamps);
    assertEquals(code, box.within("cat /var/lib/noren/setup-code"));
  }
}
