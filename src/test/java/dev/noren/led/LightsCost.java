package dev.noren.led;

import com.sun.management.ThreadMXBean;
import dev.noren.led.Fittings.Places;
import dev.noren.status.Health;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the thread of the lights costs: three lamps, by files that stand for the kernel's, that
 * blink as fast as any signal has them blink, and a watchdog.
 */
public final class LightsCost {
  private static final long WARM_UP_MS = 15_000;
  private static final long MINUTE_MS = 60_000;
  private static final long LOOK_MS = 500;
  private static final double NS_OF_MS_PERCENT = 10_000;

  private LightsCost() {}

  /**
   * The cost over a minute.
   *
   * @param cpuPercent of a core
   * @param allocatedBytes of the heap
   */
  public record Cost(double cpuPercent, double allocatedBytes) {}

  /** Measures it, which takes a little more than a minute. */
  public static Cost measure() {
    try {
      return measure(WARM_UP_MS, MINUTE_MS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static Cost measure(long warmUpMs, long ms) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("noren-lights");
    String board = "form three\nwatchdog " + Files.createFile(folder.resolve("watchdog")) + "\n";
    for (String lamp : new String[] {"status", "internet", "vpn"}) {
      Path led = Files.createDirectories(folder.resolve("leds").resolve(lamp));
      Files.writeString(led.resolve("max_brightness"), "255\n");
      Files.writeString(led.resolve("brightness"), "000\n");
      board += "lamp " + lamp + " class " + lamp + "\n";
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Lights lights =
        Lights.start(
            BoardFile.parse("bench", board),
            new Places(folder, folder.resolve("leds"), folder),
            () -> null,
            now -> 0,
            null,
            MinuteOfDay.ofMachine())) {
      // Another minute than any that comes while this runs, so that each turn looks for it.
      int later = (MinuteOfDay.ofMachine().getAsInt() + 12 * 60) % (24 * 60);
      lights.night(later, later + 1);
      look(lights, warmUpMs);
      long id = lights.threadId();
      long cpuNs = threads.getThreadCpuTime(id);
      long bytes = threads.getThreadAllocatedBytes(id);
      look(lights, ms);
      bytes = threads.getThreadAllocatedBytes(id) - bytes;
      cpuNs = threads.getThreadCpuTime(id) - cpuNs;
      return new Cost(cpuNs / (ms * NS_OF_MS_PERCENT), bytes);
    }
  }

  /** As the router does, about twice a second. */
  private static void look(Lights lights, long ms) throws InterruptedException {
    for (long waitedMs = 0; waitedMs < ms; waitedMs += LOOK_MS) {
      lights.looks(Health.FAULT);
      Thread.sleep(LOOK_MS);
    }
  }
}
