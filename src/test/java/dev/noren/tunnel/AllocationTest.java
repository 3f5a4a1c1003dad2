package dev.noren.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.noren.crypto.FixedTier;
import dev.noren.crypto.TransportAeads;
import dev.noren.tunnel.DataPathBenchmark.Load;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the packet loops of two whole tunnels leave to the collector, but for the system calls. */
class AllocationTest {
  private static final Set<String> LOOPS = Set.of("noren-out a", "noren-in b");
  private static final int PACKETS = 720;

  /** More than the compiler needs; most often it is the tenth or so. */
  private static final int ROUNDS = 200;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @EnumSource
  void aPacketsWayAllocatesNothingOnceItIsCompiled(Load load) throws Exception {
    TransportAeads aeads = FixedTier.thatAllocatesNothing();
    Assumptions.assumeTrue(aeads != null, "no direct tier in this Java");
    DataPathBenchmark path = new DataPathBenchmark();
    path.load = load;
    path.open(aeads);
    try {
      long least = Long.MAX_VALUE;
      for (int round = 0; round < ROUNDS && least >= PACKETS; round++) {
        long before = allocatedByLoops();
        path.carry();
        least = Math.min(least, allocatedByLoops() - before);
      }
      assertTrue(least < PACKETS, least + " bytes for " + PACKETS + " packets");
    } finally {
      path.close();
    }
  }

  private long allocatedByLoops() {
    List<Thread> loops =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> LOOPS.contains(thread.getName()))
            .toList();
    assertEquals(LOOPS.size(), loops.size());
    return loops.stream()
        .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.threadId()))
        .sum();
  }
}
