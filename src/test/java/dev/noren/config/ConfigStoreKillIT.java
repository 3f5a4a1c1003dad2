package dev.noren.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
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
  private static final String SAVED = "saved ";

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
    assertTrue(last > times, "it got on: " + last);
    ConfigStore store = ConfigStore.in(state);
    store.save(RouterConfig.DEFAULT, last, "test", "the last", Instant.EPOCH);
    assertEquals(ConfigStore.KEEP, store.history().size(), "one whole save clears up after all");
  }

  /** Lets the child make some calls, kills it before the next or in the middle of it, and looks. */
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
    try (BufferedReader lines = child.inputReader();
        OutputStream go = child.getOutputStream()) {
      for (int calls = random.nextInt(40); calls >= 0; ) {
        String line = lines.readLine();
        assertNotNull(line, which + ": the child ended by itself");
        if (line.startsWith(SAVED)) {
          said = Integer.parseInt(line.substring(SAVED.length()));
          continue;
        }
        if (calls-- > 0 || random.nextBoolean()) {
          go.write('\n');
          go.flush();
        }
      }
      for (int spin = random.nextInt(100_000); spin > 0; spin--) {
        Thread.onSpinWait();
      }
      // By its handle: the process's own method would close what it said before we read it.
      child.toHandle().destroyForcibly();
      child.waitFor();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said = line.startsWith(SAVED) ? Integer.parseInt(line.substring(SAVED.length())) : said;
      }
    } finally {
      child.destroyForcibly();
    }
    ConfigStore.Loaded loaded = ConfigStore.in(state).load();
    int found = loaded.current().number();
    assertEquals(List.of(), loaded.notices(), which);
    assertTrue(found == said || found == said + 1, which + ": " + found + " after " + said);
    // The first child may be killed before its first save is whole.
    String name = found == 0 ? RouterConfig.DEFAULT.name() : "shop-" + found;
    assertEquals(name, loaded.current().config().name(), which);
    return found;
  }

  /** The child, which says each call that changes the disk and waits until it may make it. */
  static final class SaveLoop {
    private static final List<String> LOOKS =
        List.of("place", "list", "read", "modifiedMs", "lock");

    public static void main(String[] args) throws IOException, ConfigException {
      FileLayer disk = new DiskFiles(Path.of(args[0]).resolve("config"));
      ConfigStore store = new ConfigStore(announced(disk));
      while (true) {
        int number = store.load().current().number() + 1;
        RouterConfig config =
            RouterJson.read("x", Documents.changed("name = \"shop-" + number + "\""));
        store.save(config, number - 1, "child", "name", Instant.EPOCH);
        System.out.println(SAVED + number);
      }
    }

    private static FileLayer announced(FileLayer disk) {
      return (FileLayer)
          Proxy.newProxyInstance(
              FileLayer.class.getClassLoader(),
              new Class<?>[] {FileLayer.class},
              (proxy, method, arguments) -> {
                if (!LOOKS.contains(method.getName())) {
                  System.out.println("call " + method.getName());
                  if (System.in.read() < 0) {
                    System.exit(1);
                  }
                }
                try {
                  return method.invoke(disk, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
  }
}
