package dev.noren.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.noren.metrics.Machine.Heap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MachineTest {
  private static final Heap HEAP = new Heap(1, 2, 3);

  @Test
  void linuxFilesAreRead() {
    Machine machine =
        Machine.of(
            """
            cpu  300 2 3 4 5 6 7 8 0 0
            cpu0 100 1 1 2000 3 3 4 4 0 0
            cpu11 200 1 2 2 2 3 3 4 0 0
            intr 1 2 3
            """,
            """
            MemTotal:         927116 kB
            MemFree:          500000 kB
            MemAvailable:     700000 kB
            Buffers:             100 kB
            Cached:            90000 kB
            SwapCached:            7 kB
            HugePages_Total:       0
            """,
            "0.52 0.10 0.01 1/123 4567",
            List.of(),
            "4567 (java (1) x) S 1 2 3 4 5 6 7 8 9 10 1234 56 0 0 20 0 30 0 999 1 2",
            "Name:\tjava\nVmHWM:\t   70000 kB\nVmRSS:\t   65536 kB\nThreads:\t30\n",
            HEAP);
    assertEquals(Set.of("0", "11"), machine.cpuSeconds().keySet());
    assertEquals(
        Map.of(
            "user", 1.0, "nice", 0.01, "system", 0.01, "idle", 20.0, "iowait", 0.03, "irq", 0.03,
            "softirq", 0.04, "steal", 0.04),
        machine.cpuSeconds().get("0"));
    assertEquals(
        Map.of(
            "MemTotal",
            927_116L << 10,
            "MemFree",
            500_000L << 10,
            "MemAvailable",
            700_000L << 10,
            "Buffers",
            100L << 10,
            "Cached",
            90_000L << 10),
        machine.memoryBytes());
    assertEquals(0.52, machine.load());
    assertEquals(12.9, machine.processCpuSeconds());
    assertEquals(65_536L << 10, machine.processMemoryBytes());
  }

  @Test
  void whatLinuxDoesNotSayIsLeftOut() {
    assertEquals(
        new Machine(Map.of(), Map.of(), null, List.of(), null, null, HEAP),
        Machine.of("", "", "", List.of(), "", "", HEAP));
    assertNull(Machine.of("", "", "", List.of(), "1 (a) S 1", "", HEAP).processCpuSeconds());
  }
}
