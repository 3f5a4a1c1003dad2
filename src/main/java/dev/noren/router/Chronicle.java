package dev.noren.router;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.audit.RefusedTraffic;
import dev.noren.plan.FirewallCounter;
import dev.noren.plan.Layout;
import dev.noren.status.RouterStatus;
import dev.noren.text.Past;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Notices what comes, goes and is refused, and has it written down. For the router's thread, which
 * calls it about twice a second; it looks at leases and counters more seldom.
 */
final class Chronicle {
  private static final long LOOK_NS = SECONDS.toNanos(5);

  /** Counting starts a program, which a small board notices. */
  private static final long COUNT_NS = SECONDS.toNanos(60);

  private final Supplier<List<RouterStatus.Lease>> leases;
  private final Supplier<List<RouterStatus.Rule>> rules;
  private final Happenings happenings;
  private final InstantSource clock;
  private final Map<String, RouterStatus.Lease> devices = new TreeMap<>();
  private final Map<String, Long> counted = new HashMap<>();
  private final Map<String, Boolean> lineHealthy = new HashMap<>();
  private final Map<String, Instant> lineSince = new HashMap<>();
  private final RefusedTraffic refused;
  private boolean knowsDevices;
  private long looksNs;
  private long countsNs;

  /**
   * @param leases reads which devices have an address from us
   * @param rules reads the firewall's counters
   */
  Chronicle(
      Supplier<List<RouterStatus.Lease>> leases,
      Supplier<List<RouterStatus.Rule>> rules,
      Happenings happenings,
      InstantSource clock,
      long nowNs) {
    this.leases = leases;
    this.rules = rules;
    this.happenings = happenings;
    this.clock = clock;
    this.refused = new RefusedTraffic(false, nowNs);
    this.looksNs = nowNs;
    this.countsNs = nowNs + COUNT_NS;
  }

  /** Since when each line has been healthy, or not, by its device. */
  Map<String, Instant> lineSince() {
    return lineSince;
  }

  /** The devices that had an address from us when that was looked at last. */
  List<RouterStatus.Lease> leases() {
    return List.copyOf(devices.values());
  }

  /** Looks at what is due. */
  void look(Layout layout, long nowNs) {
    lines(layout);
    if (nowNs - looksNs >= 0) {
      looksNs = nowNs + LOOK_NS;
      devices(leases.get());
    }
    if (nowNs - countsNs >= 0) {
      countsNs = nowNs + COUNT_NS;
      count(rules.get());
      refused.poll(nowNs).forEach(told -> happenings.refused(told.who(), told.what()));
    }
  }

  private void lines(Layout layout) {
    lineSince.keySet().retainAll(layout.lines().stream().map(Layout.Line::device).toList());
    lineHealthy.keySet().retainAll(lineSince.keySet());
    for (Layout.Line line : layout.lines()) {
      Boolean before = lineHealthy.put(line.device(), line.healthy());
      if (before == null || before != line.healthy()) {
        lineSince.put(line.device(), clock.instant());
        if (before != null || line.healthy()) {
          happenings.router(
              Past.words(line.healthy() ? "past.line-well" : "past.line-down", line.device()));
        }
      }
    }
  }

  private void devices(List<RouterStatus.Lease> there) {
    Map<String, RouterStatus.Lease> now = new TreeMap<>();
    there.forEach(lease -> now.put(lease.mac().text(), lease));
    if (knowsDevices) {
      now.forEach(
          (mac, lease) -> {
            RouterStatus.Lease before = devices.get(mac);
            if (before == null || !before.address().equals(lease.address())) {
              happenings.device(named(lease), Past.words("past.device-there", lease.address()));
            }
          });
      devices.forEach(
          (mac, lease) -> {
            if (!now.containsKey(mac)) {
              happenings.device(named(lease), Past.words("past.device-gone", lease.address()));
            }
          });
    }
    // Those that were there when the router started did not come then.
    knowsDevices = true;
    devices.clear();
    devices.putAll(now);
  }

  /** A device by its hardware address, and its name where it has one. */
  static String named(RouterStatus.Lease lease) {
    return lease.mac() + (lease.name() == null ? "" : " (" + lease.name() + ")");
  }

  private void count(List<RouterStatus.Rule> counters) {
    for (RouterStatus.Rule rule : counters) {
      Long before = counted.put(rule.name(), rule.packets());
      long more = before == null ? 0 : rule.packets() - before;
      if (more > 0 && FirewallCounter.refuses(rule.name())) {
        RefusedTraffic.Told told = refused.refused("-", rule.sentence().toString(), null, more);
        if (told != null) {
          happenings.refused(told.who(), told.what());
        }
      }
    }
  }
}
