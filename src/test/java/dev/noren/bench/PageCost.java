package dev.noren.bench;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.bench.Results.Figures;
import dev.noren.street.Iperf;
import dev.noren.street.NorenRouter;
import dev.noren.street.PageUser;
import dev.noren.street.Running;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * What ten open pages, which are told every second what happens, leave of the throughput from the
 * shop's computer through the router's tunnel to the far shop; and what the whole router takes with
 * them.
 */
final class PageCost {
  private static final int PAGES = 10;

  /** How often each has its turn in a run. */
  private static final int TURNS = 4;

  private PageCost() {}

  /** Builds a shop with a router, measures without and with the pages in turn, and ends it. */
  static Map<Measure, Double> of(int seconds) {
    try (ShopStreet street = ShopStreet.router();
        ShopTunnel tunnel = new ShopTunnel(street);
        NorenRouter router = new NorenRouter(street.noren())) {
      router.start();
      router.awaitStatus("it answers", "\"name\"");
      street.askForAddress(street.pc());
      PageUser owner = new PageUser(street.pc(), street.pc().gateway());
      owner.claim(router.noren("setup-code").must().strip());
      router.changeTo(ShopTunnel.document(tunnel.split()));
      router.awaitHandshake();
      return measure(street, router, owner, seconds);
    }
  }

  private static Map<Measure, Double> measure(
      ShopStreet street, NorenRouter router, PageUser owner, int seconds) {
    megabits(street, seconds);
    SortedMap<Integer, Double> without = new TreeMap<>();
    SortedMap<Integer, Double> with = new TreeMap<>();
    for (int i = 0; i < TURNS; i++) {
      without.put(i, megabits(street, seconds));
      List<Running> pages = owner.openPages(PAGES);
      with.put(i, megabits(street, seconds));
      owner.close(pages);
    }
    Map<Measure, Double> measured = new EnumMap<>(Measure.class);
    measured.put(Measure.PAGES, new Figures(with).median() / new Figures(without).median());
    measured.put(Measure.PAGES_CPU, percentOfACore(router, owner, seconds));
    measured.put(Measure.PAGES_RSS, ProcessFigures.peakMegabytes(router.process().pid()));
    return measured;
  }

  /** What the open pages take of the router and the programs that it runs, without other load. */
  private static double percentOfACore(NorenRouter router, PageUser owner, int seconds) {
    double none = used(router, seconds);
    List<Running> pages = owner.openPages(PAGES);
    double some = used(router, seconds);
    owner.close(pages);
    return (some - none) / seconds * 100;
  }

  private static double used(NorenRouter router, int seconds) {
    long pid = router.process().pid();
    double before = ProcessFigures.cpuSecondsWithPrograms(pid);
    LockSupport.parkNanos(SECONDS.toNanos(seconds));
    return ProcessFigures.cpuSecondsWithPrograms(pid) - before;
  }

  private static double megabits(ShopStreet street, int seconds) {
    String time = Integer.toString(seconds);
    return Iperf.run(street.pc(), street.hq(), ShopStreet.HQ_4, "-t", time).megabits();
  }
}
