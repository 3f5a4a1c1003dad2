package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.control.Presence;
import dev.noren.services.CommandRunner;
import dev.noren.street.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the lights, the watchdog and the root helper see the router's program end. */
class BoxLightsTest {
  private static final Path HELPER =
      Path.of("rootfs-overlay/usr/sbin/noren-helper").toAbsolutePath();

  @TempDir private Path folder;
  private Path state;
  private Path led;
  private Path board;
  private Process helper;

  @BeforeEach
  void make() throws Exception {
    state = Files.createDirectory(folder.resolve("state"));
    led = Files.createDirectories(folder.resolve("leds/ACT"));
    for (String file : List.of("trigger", "brightness", "delay_on", "delay_off")) {
      Files.writeString(led.resolve(file), "before\n");
    }
    Files.createFile(folder.resolve("watchdog"));
    board = folder.resolve("board");
    Files.writeString(
        board,
        """
        form three
        lamp status class ACT
        lamp internet panel panel
        lamp vpn panel panel
        watchdog %s
        """
            .formatted(folder.resolve("watchdog")));
    CommandRunner commands = new CommandRunner();
    helper =
        commands.start(
            List.of(
                "sh",
                HELPER.toString(),
                state.toString(),
                commands.run("id", "-gn").strip(),
                "",
                folder.resolve("leds").toString()),
            folder,
            Map.of(),
            line -> {});
    Wait.until("the helper hears", () -> Files.exists(state.resolve("helper/requests")));
  }

  @AfterEach
  void end() throws InterruptedException {
    List<ProcessHandle> children = helper.descendants().toList();
    helper.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    children.forEach(ProcessHandle::destroyForcibly);
  }

  private BoxLights start() {
    BoxLights lights = BoxLights.start(board, state, now -> 0, new Presence(), () -> {}, () -> {});
    Wait.until("the watchdog is fed", () -> read(folder.resolve("watchdog")).startsWith("."));
    Wait.until("the LED is ours", () -> read(led.resolve("trigger")).equals("none\n"));
    return lights;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void afterAnOrderlyStopAllIsDarkAndTheWatchdogRests() {
    try (BoxLights lights = start()) {
      lights.stopped();
    }
    assertTrue(read(folder.resolve("watchdog")).endsWith("V"));
    assertEquals("internet  dark  \nvpn       dark  \n", read(state.resolve("panel")));
    Wait.until("the helper makes it dark", () -> read(led.resolve("brightness")).equals("0\n"));
    assertEquals("none\n", read(led.resolve("trigger")));
  }

  /** As when an exception ends the router's loop. */
  @Test
  void afterAFaultTheLightsSayItAndTheWatchdogGoesOn() {
    try (BoxLights lights = start()) {
      lights.identify(1);
    }
    assertFalse(read(folder.resolve("watchdog")).contains("V"));
    assertEquals("internet  red   \nvpn       red   \n", read(state.resolve("panel")));
    Wait.until("the helper has it blink", () -> read(led.resolve("trigger")).equals("timer\n"));
    assertEquals("internet  red   \nvpn       red   \n", read(state.resolve("panel")));
  }
}
