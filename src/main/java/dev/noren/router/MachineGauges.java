package dev.noren.router;

import static java.util.Comparator.comparingInt;

import dev.noren.metrics.Machine;
import dev.noren.metrics.Machine.Zone;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads what Linux says of the machine; what it does not say is left out. */
final class MachineGauges {
  private static final String ZONE = "thermal_zone";

  private final Path root;

  /**
   * Where to look.
   *
   * @param root the folder that /proc and /sys are in
   */
  MachineGauges(Path root) {
    this.root = root;
  }

  Machine read() {
    Runtime java = Runtime.getRuntime();
    return Machine.of(
        text("proc/stat"),
        text("proc/meminfo"),
        text("proc/loadavg"),
        zones(),
        text("proc/self/stat"),
        text("proc/self/status"),
        new Machine.Heap(
            java.totalMemory() - java.freeMemory(), java.totalMemory(), java.maxMemory()));
  }

  /** The part of it that says how busy processors are, which takes less to read. */
  Machine processors() {
    return Machine.of(
        text("proc/stat"),
        "",
        "",
        List.of(),
        text("proc/self/stat"),
        "",
        new Machine.Heap(0, 0, 0));
  }

  private List<Zone> zones() {
    List<Zone> zones = new ArrayList<>();
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(root.resolve("sys/class/thermal"), ZONE + "[0-9]*")) {
      for (Path folder : folders) {
        String number = folder.getFileName().toString().substring(ZONE.length());
        String warm = text(folder.resolve("temp"));
        // A sensor that sleeps has a file and nothing to say.
        if (number.matches("[0-9]{1,4}") && warm.matches("-?[0-9]{1,7}")) {
          zones.add(
              new Zone(
                  Integer.parseInt(number),
                  text(folder.resolve("type")),
                  Integer.parseInt(warm) / 1000.0));
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    zones.sort(comparingInt(Zone::number));
    return zones;
  }

  private String text(String path) {
    return text(root.resolve(path));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
