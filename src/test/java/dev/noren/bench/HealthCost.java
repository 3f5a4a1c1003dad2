package dev.noren.bench;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.history.History;
import dev.noren.status.Carried;
import dev.noren.status.Carried.Way;
import dev.noren.status.Traffic;
import dev.noren.street.NorenRouter;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import java.lang.ref.Reference;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * What it costs to know how a router is, at most: all that its process and the programs that it has
 * run take while nobody wants anything of it and its tunnel is looked after, and what a history
 * that is full takes of the heap.
 */
final class HealthCost {
  /** Echoes, sizes and the history's minutes all have had their turn in so long. */
  private static final int LEAST_SECONDS = 120;

  /** In so long what runs often is compiled. */
  private static final int WARM_SECONDS = 60;

  private static final double MEGABYTE = 1 << 20;

  private HealthCost() {}

  /** Builds a shop with a router, measures it at rest, and ends it. */
  static Map<Measure, Double> of(int seconds) {
    Map<Measure, Double> measured = new EnumMap<>(Measure.class);
    try (ShopStreet street = ShopStreet.router();
        ShopTunnel tunnel = new ShopTunnel(street);
        NorenRouter router = new NorenRouter(street.noren())) {
      router.configure(ShopTunnel.document(tunnel.split()));
      router.start();
      router.awaitHandshake();
      street.askForAddress(street.pc());
      rest(WARM_SECONDS);
      long pid = router.process().pid();
      int restSeconds = Math.max(seconds, LEAST_SECONDS);
      double before = ProcessFigures.cpuSecondsWithPrograms(pid);
      rest(restSeconds);
      double used = ProcessFigures.cpuSecondsWithPrograms(pid) - before;
      measured.put(Measure.REST_CPU, used / restSeconds * 100);
    }
    measured.put(Measure.HISTORY_HEAP, historyBytes() / MEGABYTE);
    return measured;
  }

  private static void rest(int seconds) {
    LockSupport.parkNanos(SECONDS.toNanos(seconds));
  }

  private static double historyBytes() {
    long before = heapBytes();
    History history = fullHistory();
    try {
      return heapBytes() - before;
    } finally {
      Reference.reachabilityFence(history);
    }
  }

  /** Each line and tunnel has all of its room from its first minute on. */
  private static History fullHistory() {
    Map<Way, Traffic> traffic = new HashMap<>();
    for (int i = 0; i < History.MOST; i++) {
      traffic.put(Way.tunnel("tunnel" + i), Traffic.total(1, 1));
    }
    History history = new History();
    history.add(Instant.now(), true, new Carried(0, SECONDS.toMillis(60), traffic), Map.of());
    return history;
  }

  private static long heapBytes() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
