package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.control.ControlClient;
import dev.noren.status.Health;
import dev.noren.street.LightPanel;
import dev.noren.street.NorenRouter;
import dev.noren.street.Ran;
import dev.noren.street.Running;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import dev.noren.street.Wait;
import dev.noren.text.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the lamps of a running router show, next to what its own snapshot says. */
class LightsIT {
  /** From the health's change to the lamps'; the look itself takes its time on a busy machine. */
  private static final long MOST_MS = 3_000;

  private static final List<String> GREEN = List.of("green", "green", "green");

  /** What this machine has not, and what the router does without. */
  private static final String MISSING =
      "button gpio pinctrl-none 23 active-low pull-up\nwatchdog /dev/no-watchdog\n";

  private ShopStreet street;
  private ShopTunnel tunnel;
  private NorenRouter router;
  private LightPanel panel;

  @BeforeEach
  void build() throws IOException {
    street = ShopStreet.router();
    tunnel = new ShopTunnel(street);
    router = new NorenRouter(street.noren());
    router.useBoard(Files.readString(Path.of("board/demo/lights")) + MISSING);
    router.configure(ShopTunnel.document(tunnel.split()));
    router.start();
    panel = new LightPanel(router.state());
  }

  @AfterEach
  void remove() {
    router.close();
    tunnel.close();
    street.close();
  }

  private Health health() {
    try {
      return ControlClient.in(router.state(), Language.ENGLISH).status().condition().health();
    } catch (IOException e) {
      return Health.STARTING;
    }
  }

  /** Waits for a state of health, and then for what the lamps show of it. */
  private void awaitBoth(Health state, List<List<String>> lamps) {
    Wait.until(
        "the router is " + state,
        Duration.ofSeconds(60),
        () -> health() == state,
        () -> health() + " " + router.status() + router.process().said());
    long changedNs = System.nanoTime();
    Wait.until(
        "the lamps show " + lamps,
        Wait.LONG,
        () -> lamps.contains(panel.lamps()),
        () -> panel.lamps() + router.noren("leds", "show").out());
    long ms = (System.nanoTime() - changedNs) / 1_000_000;
    assertTrue(ms <= MOST_MS, state + " was shown after " + ms + " ms");
  }

  @Test
  void theLampsSayWhatTheSnapshotDoes() throws IOException {
    router.awaitHandshake();
    street.askForAddress(street.pc());
    Wait.until(
        "it is proved, or nearly so", () -> List.of(Health.UNPROVED, Health.UP).contains(health()));
    try (Running ping = street.pc().start("ping", "-n", "-i", "0.5", ShopStreet.HQ_4)) {
      awaitBoth(Health.UP, List.of(GREEN));
      Ran shown = router.noren("leds", "show");
      assertTrue(shown.out().startsWith("up: All is well"), shown.said());
      assertTrue(shown.err().contains("the button is not there: "), shown.said());
      assertTrue(shown.err().contains("the watchdog is not there: "), shown.said());

      // The tunnel alone: the line is good, and nothing of the far end's comes by it.
      street.silence(ShopStreet.FAR);
      awaitBoth(
          Health.TRYING,
          List.of(List.of("green", "green", "amber"), List.of("green", "green", "dark")));
      street.unsilence(ShopStreet.FAR);
      awaitBoth(Health.UP, List.of(GREEN));

      street.unplug(ShopStreet.LINE);
      awaitBoth(
          Health.NO_CABLE,
          List.of(List.of("green", "amber", "dark"), List.of("green", "dark", "dark")));
      street.replug(ShopStreet.LINE);
      awaitBoth(Health.UP, List.of(GREEN));
      assertTrue(ping.isAlive());
      String status = router.noren("status").must();
      assertTrue(status.contains("condition: All is well"), status);
      String log = router.noren("log").must();
      for (String each : List.of("All is well", "the tunnel is being tried", "No cable leads")) {
        assertTrue(log.contains("now it is so: ") && log.contains(each), each + ": " + log);
      }
    }

    router.noren("leds", "identify").must();
    Wait.until("all white", () -> panel.lamps().equals(List.of("white", "white", "white")));
    router.noren("leds", "identify", "--seconds", "0").must();
    Wait.until("and back", () -> panel.lamps().equals(GREEN));
    forgets();
  }

  /** As the button has it: the program ends, and its next start is that of a new box. */
  private void forgets() throws IOException {
    ControlClient.in(router.state(), Language.ENGLISH).factoryReset("the test");
    Wait.until(
        "it has ended",
        Duration.ofSeconds(60),
        () -> !router.isRunning(),
        () -> router.process().said());
    assertEquals(List.of("dark", "dark", "dark"), panel.lamps());
    router.start();
    router.awaitStatus("a new box", "\"claimed\": ?false");
    assertTrue(router.allFiles().indexOf(tunnel.keys().privateKey()) < 0, "the key is still there");
    Wait.until("it asks to be set up", () -> health() == Health.SETUP);
    router.stop();
    assertEquals(List.of("dark", "dark", "dark"), panel.lamps());
    fails();
  }

  /** A start that comes to nothing is no orderly end. */
  private void fails() {
    router.hide("/usr/sbin/nft");
    router.start();
    Wait.until("it has ended", Wait.LONG, () -> !router.isRunning(), () -> router.process().said());
    assertEquals(List.of("dark", "red", "red"), panel.lamps(), router.process().said());
  }
}
