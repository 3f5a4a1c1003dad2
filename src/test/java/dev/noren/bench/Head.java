package dev.noren.bench;

import dev.noren.street.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where and how a benchmark ran, without which its figures say nothing. */
final class Head {
  /** What the ciphers can make use of, by the kernel's names on x86-64 and on ARM. */
  private static final List<String> FEATURES =
      List.of(
          "avx",
          "avx2",
          "avx512f",
          "avx512vl",
          "avx512ifma",
          "avx_ifma",
          "vaes",
          "bmi2",
          "adx",
          "asimd",
          "neon",
          "sve",
          "sve2");

  private Head() {}

  /** Line by line, by name. */
  static Map<String, String> of(Settings settings) {
    List<String> cpu = read("/proc/cpuinfo");
    Map<String, String> head = new LinkedHashMap<>();
    head.put(
        "machine",
        "%s, %d cores, %d MB, %s"
            .formatted(
                first(cpu, "model name|Model"),
                Runtime.getRuntime().availableProcessors(),
                Long.parseLong(first(read("/proc/meminfo"), "MemTotal").replaceAll("\\D", ""))
                    / 1024,
                Running.run("uname", "-srm").out().strip()));
    List<String> flags = Arrays.asList(first(cpu, "flags|Features").split(" ", -1));
    head.put(
        "features", FEATURES.stream().filter(flags::contains).collect(Collectors.joining(" ")));
    head.put(
        "java",
        "%s %s (%s)"
            .formatted(
                System.getProperty("java.vm.name"),
                System.getProperty("java.runtime.version"),
                System.getProperty("java.home")));
    head.put(
        "noren",
        Running.run("sh", "-c", "git describe --always --dirty || echo unknown").out().strip()
            + System.getenv()
                .getOrDefault("NOREN_JAVA_OPTS", "")
                .replaceFirst("(?=.)", ", Java options "));
    head.put(
        "street",
        "two namespaces, a third that routes, veth, outer IPv4, MTU 1420; both ends and iperf3"
            + " share the cores");
    head.put(
        "runs",
        "%d rounds in turn, %d s a load; parts: %s"
            .formatted(
                settings.rounds(),
                settings.seconds(),
                settings.only().stream().map(Part::word).collect(Collectors.joining(", "))));
    return head;
  }

  private static String first(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.matches("(" + name + ")\\s*:.*"))
        .map(line -> line.replaceFirst(".*?:\\s*", ""))
        .findFirst()
        .orElse("unknown");
  }

  private static List<String> read(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
