package dev.noren.router;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.doctor.Load.Processors;
import dev.noren.metrics.Machine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** How busy the processors were in the last seconds. For one thread, which looks often. */
final class ProcessorWatch {
  /** A start of a program fills a processor for a moment, which is no trouble, nanoseconds. */
  static final long LATELY_NS = SECONDS.toNanos(10);

  /** Over less than this it would jump. */
  static final long LEAST_NS = SECONDS.toNanos(6);

  private static final List<String> IDLE = List.of("idle", "iowait");
  private static final List<String> INTERRUPTS = List.of("irq", "softirq");
  private static final int PERCENT = 100;

  private final Supplier<Machine> machine;
  private final Deque<Sample> samples = new ArrayDeque<>();

  /** The counters at one time. */
  private record Sample(long atNs, Machine machine) {}

  /**
   * @param machine reads what Linux counts
   */
  ProcessorWatch(Supplier<Machine> machine) {
    this.machine = machine;
  }

  /** To be called every few seconds. */
  void look(long nowNs) {
    samples.add(new Sample(nowNs, machine.get()));
    while (samples.size() > 2 && nowNs - samples.getFirst().atNs() > LATELY_NS) {
      samples.remove();
    }
  }

  /** How busy they were until the last look, or null where that is not known. */
  Processors lately() {
    if (samples.isEmpty() || samples.getLast().atNs() - samples.getFirst().atNs() < LEAST_NS) {
      return null;
    }
    Machine before = samples.getFirst().machine();
    Machine after = samples.getLast().machine();
    double seconds = (samples.getLast().atNs() - samples.getFirst().atNs()) / 1e9;
    String fullest = null;
    int fullestPercent = -1;
    double busy = 0;
    double all = 0;
    // Of two that are as full, always the same one.
    for (var each : new TreeMap<>(after.cpuSeconds()).entrySet()) {
      Map<String, Double> was = before.cpuSeconds().get(each.getKey());
      double of = was == null ? 0 : sum(each.getValue()) - sum(was);
      if (of <= 0) {
        continue;
      }
      double idle = sum(each.getValue(), IDLE) - sum(was, IDLE);
      int percent = percent(of - idle, of);
      busy += of - idle;
      all += of;
      if (percent > fullestPercent) {
        fullest = each.getKey();
        fullestPercent = percent;
      }
    }
    return fullest == null
        ? null
        : new Processors(
            after.cpuSeconds().size(),
            fullest,
            fullestPercent,
            interrupts(before, after, fullest),
            percent(busy, all),
            own(before, after, seconds),
            Math.round(seconds));
  }

  private static int interrupts(Machine before, Machine after, String processor) {
    Map<String, Double> was = before.cpuSeconds().get(processor);
    Map<String, Double> is = after.cpuSeconds().get(processor);
    return percent(sum(is, INTERRUPTS) - sum(was, INTERRUPTS), sum(is) - sum(was));
  }

  private static int own(Machine before, Machine after, double seconds) {
    return before.processCpuSeconds() == null || after.processCpuSeconds() == null
        ? 0
        : percent(after.processCpuSeconds() - before.processCpuSeconds(), seconds);
  }

  private static int percent(double part, double of) {
    return Math.max(0, (int) Math.round(part * PERCENT / of));
  }

  private static double sum(Map<String, Double> modes) {
    return modes.values().stream().mapToDouble(each -> each).sum();
  }

  private static double sum(Map<String, Double> modes, List<String> some) {
    return some.stream().mapToDouble(each -> modes.getOrDefault(each, 0.0)).sum();
  }
}
