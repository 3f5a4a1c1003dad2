package dev.noren.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that saves without end is killed, and what it saved last is in force. */
class ConfigStoreKillIT {
  @TempDir Path state;

  @Test
  void fiftyKillsLoseNothing() throws Exception {
    kill(50);
  }

  @Test
  @Tag("soak")
  void aThousandKillsLoseNothing() throws Exception {
    kill(1000);
  }

  private void kill(int times) throws Exception {
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int last = 0;
    for (int i = 0; i < times; i++) {
      last = killOnce(last, random, "kill " + i + " with seed " + seed);
    }
    assertTrue(last >= times, "it got on: " + last);
  }

  /** Lets the child save a few times, kills it in the middle of another save, and looks. */
  private int killOnce(int before, Random random, String which) throws Exception {
    Process child =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SaveLoop.class.getName(),
                state.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int said = before;
    try (BufferedReader lines = child.inputReader()) {
      for (int more = 1 + random.nextInt(4); more > 0; more--) {
        String line = lines.readLine();
        assertNotNull(line, which + ": the child ended by itself");
        said = Integer.parseInt(line);
      }
      for (int spin = random.nextInt(300_000); spin > 0; spin--) {
        Thread.onSpinWait();
      }
      // By its handle: the process's own method would close what it said before we read it.
      child.toHandle().destroyForcibly();
      child.waitFor();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said = Integer.parseInt(line);
      }
    } finally {
      child.destroyForcibly();
    }
    ConfigStore.Loaded loaded = ConfigStore.in(state).load();
    int found = loaded.current().number();
    assertEquals(List.of(), loaded.notices(), which);
    assertTrue(found == said || found == said + 1, which + ": " + found + " after " + said);
    assertEquals("shop-" + found, loaded.current().config().name(), which);
    assertTrue(ConfigStore.in(state).history().size() <= ConfigStore.KEEP + 1, which);
    return found;
  }

  /** The child. */
  static final class SaveLoop {
    public static void main(String[] args) throws IOException, ConfigException {
      ConfigStore store = ConfigStore.in(Path.of(args[0]));
      while (true) {
        int number = store.load().current().number() + 1;
        RouterConfig config =
            RouterJson.read("x", Documents.changed("name = \"shop-" + number + "\""));
        store.save(config, number - 1, "child", "name", Instant.EPOCH);
        System.out.println(number);
      }
    }
  }
}
