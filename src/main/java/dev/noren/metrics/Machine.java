package dev.noren.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Linux says of the machine and of this program, as far as it says it.
 *
 * @param cpuSeconds how long each processor has been in each mode, as {@code /proc/stat} calls both
 * @param memoryBytes the machine's memory, as {@code /proc/meminfo} calls its parts
 * @param load the run queue's average length over a minute, or null
 * @param zones what has a temperature
 * @param processCpuSeconds how long this program has used processors, or null
 * @param processMemoryBytes what it holds of the memory, or null
 * @param heap Java's heap
 */
public record Machine(
    Map<String, Map<String, Double>> cpuSeconds,
    Map<String, Long> memoryBytes,
    Double load,
    List<Zone> zones,
    Double processCpuSeconds,
    Long processMemoryBytes,
    Heap heap) {
  /** What Linux counts in towards programs, on every board (USER_HZ). */
  private static final double TICKS_PER_SECOND = 100;

  private static final List<String> MODES =
      List.of("user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal");

  /** The parts of the memory that tell whether it runs short. */
  private static final List<String> MEMORY =
      List.of("MemTotal", "MemFree", "MemAvailable", "Buffers", "Cached");

  private static final Pattern CPU = Pattern.compile("(?m)^cpu(\\d+)((?: \\d+)+)");
  private static final Pattern KILOBYTES = Pattern.compile("(?m)^(\\w+):\\s+(\\d+) kB");

  /** Where they stand behind the program's name in {@code /proc/self/stat}. */
  private static final int USER_TICKS = 11;

  private static final int SYSTEM_TICKS = 12;

  public Machine {
    cpuSeconds = Map.copyOf(cpuSeconds);
    memoryBytes = Map.copyOf(memoryBytes);
    zones = List.copyOf(zones);
  }

  /**
   * What has a temperature.
   *
   * @param number as Linux counts them
   * @param type what it is, as in cpu-thermal
   * @param celsius how warm
   */
  public record Zone(int number, String type, double celsius) {}

  /**
   * Java's heap, bytes.
   *
   * @param used by what may be garbage too
   * @param committed taken of the machine's memory
   * @param max what it may take
   */
  public record Heap(long used, long committed, long max) {}

  /**
   * Out of what Linux's files say; each may be "" where there is none.
   *
   * @param stat {@code /proc/stat}
   * @param meminfo {@code /proc/meminfo}
   * @param loadavg {@code /proc/loadavg}
   * @param zones what has a temperature
   * @param ownStat {@code /proc/self/stat}
   * @param ownStatus {@code /proc/self/status}
   */
  public static Machine of(
      String stat,
      String meminfo,
      String loadavg,
      List<Zone> zones,
      String ownStat,
      String ownStatus,
      Heap heap) {
    Map<String, Long> memory = kilobytes(meminfo);
    memory.keySet().retainAll(MEMORY);
    return new Machine(
        cpus(stat),
        memory,
        load(loadavg),
        zones,
        ticks(ownStat),
        kilobytes(ownStatus).get("VmRSS"),
        heap);
  }

  private static Map<String, Map<String, Double>> cpus(String stat) {
    Map<String, Map<String, Double>> cpus = new LinkedHashMap<>();
    Matcher matcher = CPU.matcher(stat);
    while (matcher.find()) {
      String[] ticks = matcher.group(2).strip().split(" ", -1);
      Map<String, Double> modes = new LinkedHashMap<>();
      for (int i = 0; i < Math.min(MODES.size(), ticks.length); i++) {
        modes.put(MODES.get(i), Long.parseLong(ticks[i]) / TICKS_PER_SECOND);
      }
      cpus.put(matcher.group(1), modes);
    }
    return cpus;
  }

  private static Map<String, Long> kilobytes(String text) {
    Map<String, Long> bytes = new LinkedHashMap<>();
    Matcher matcher = KILOBYTES.matcher(text);
    while (matcher.find()) {
      bytes.put(matcher.group(1), Long.parseLong(matcher.group(2)) << 10);
    }
    return bytes;
  }

  private static Double load(String text) {
    Matcher matcher = Pattern.compile("^[0-9.]+").matcher(text);
    return matcher.find() ? Double.valueOf(matcher.group()) : null;
  }

  /** A program's name may have blanks and brackets in it, so what counts stands behind the last. */
  private static Double ticks(String text) {
    List<String> fields =
        new ArrayList<>(List.of(text.substring(text.lastIndexOf(')') + 1).strip().split(" ", -1)));
    return fields.size() <= SYSTEM_TICKS
        ? null
        : (Double)
            ((Long.parseLong(fields.get(USER_TICKS)) + Long.parseLong(fields.get(SYSTEM_TICKS)))
                / TICKS_PER_SECOND);
  }
}
