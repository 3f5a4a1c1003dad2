package dev.noren.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.status.SignalFile;
import dev.noren.street.PortScan;
import dev.noren.street.Ran;
import dev.noren.street.Running;
import dev.noren.street.ShopStreet;
import dev.noren.street.Wait;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Lights and a button at lines of the kernel's own simulator, in a booted image: two lamps through
 * the GPIO device, one through the kernel's LED class. And the shell of a technician who stands
 * before such a box.
 */
@Tag("image")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LightsBoxIT {
  private static final Pattern LINE = Pattern.compile("eth0 (100\\.64\\.7\\.\\d+)");
  private static final long TEST_STEP_MS = 4_000;
  private static final int MOST_TURNS = 3;

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
    Path key = card.folder().path().resolve("key");
    Running.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()).must();
    String known = card.folder().read("key.pub");
    // As a PC's editor leaves it; and one that would run a program.
    card.put(
        "me.pub.txt",
        ("\uFEFF" + known.strip() + "\r\ncommand=\"x\" " + known).getBytes(StandardCharsets.UTF_8));
    box.powerOn();
    BoxOwner.code(box);
  }

  @AfterAll
  void remove() {
    box.close();
    card.close();
    street.close();
  }

  @Test
  void aTechniciansKeyOpensAShellInTheShopAlone() {
    street.askForAddress(street.pc(), Box.ANSWER_SECONDS);
    String own = street.pc().gateway();
    Ran said = ssh("-i", card.folder().path().resolve("key").toString(), "root@" + own, "id -u");
    assertTrue(
        said.ok(),
        () -> said.said() + box.within("ls -la /run/noren-shell /data/shell; ps") + box.said());
    assertEquals("0", said.out().strip());
    Ran refused = ssh("-o", "PubkeyAuthentication=no", "root@" + own, "id -u");
    assertFalse(refused.ok());
    assertTrue(refused.err().contains("Permission denied (publickey)"), refused.err());
    assertEquals("1", box.within("wc -l </run/noren-shell/authorized_keys").strip());
    String line = box.awaitSaid("the line has given an address", LINE).getFirst();
    assertEquals(Set.of(), PortScan.tcp(street.internet(), line, List.of(22)));
  }

  private Ran ssh(String... words) {
    List<String> command = new ArrayList<>(List.of("ssh", "-F", "none", "-o", "BatchMode=yes"));
    command.addAll(List.of("-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"));
    command.addAll(List.of("-o", "ConnectTimeout=60"));
    command.addAll(List.of(words));
    return street.pc().run(command.toArray(String[]::new));
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

  /** An emulated box that has to wait for its turn stumbles, a table that is wrong is always so. */
  @Test
  void theLinesDoWhatTheTableSays() {
    assertTrue(shown().startsWith("setup: "), shown());
    List<String> wrong = List.of("not looked at yet");
    String lamps = "";
    for (int i = 0; i < MOST_TURNS && !wrong.isEmpty(); i++) {
      look();
      box.within("noren leds test --state /var/lib/noren");
      Wait.pause(SignalFile.TABLE.all().size() * TEST_STEP_MS + TEST_STEP_MS / 2);
      lamps = seen();
      wrong = new LampTrace(lamps).wrong(TEST_STEP_MS);
    }
    assertEquals(List.of(), wrong, lamps);
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
