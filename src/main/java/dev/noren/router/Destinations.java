package dev.noren.router;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.audit.OpenedConnections;
import dev.noren.net.IpAddress;
import dev.noren.plan.RouterPlan;
import dev.noren.services.Flow;
import dev.noren.services.FlowWatch;
import dev.noren.status.RouterStatus;
import dev.noren.text.Past;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Writes down where the shop's devices open connections to, while the document asks for it; else
 * nobody listens, and nothing of it is kept. For the router's thread.
 */
final class Destinations implements AutoCloseable {
  /** Connections that may wait until the router looks, twice a second. */
  private static final int MOST_WAITING = 4096;

  private static final long RETRY_NS = SECONDS.toNanos(60);

  /** What tells of flows; closed, it tells of none any more. */
  interface Watch {
    void close();
  }

  /** Begins to tell of flows, on another thread. */
  interface Watches {
    /**
     * Begins.
     *
     * @param listener gets the flows
     * @param lost called when some were not told of
     * @throws IOException with a sentence
     */
    Watch start(Consumer<Flow> listener, Runnable lost) throws IOException;
  }

  private final Watches watches;
  private final Supplier<List<RouterStatus.Lease>> leases;
  private final Happenings happenings;
  private final BlockingQueue<Flow> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong lost = new AtomicLong();
  private OpenedConnections opened = new OpenedConnections();
  private Watch watch;
  private String failure;
  private long retryNs;

  /**
   * @param leases reads which devices have an address from us
   */
  Destinations(Supplier<List<RouterStatus.Lease>> leases, Happenings happenings) {
    this((listener, lost) -> FlowWatch.start(listener, lost)::close, leases, happenings);
  }

  /** The same, told of flows by somebody else. */
  Destinations(Watches watches, Supplier<List<RouterStatus.Lease>> leases, Happenings happenings) {
    this.watches = watches;
    this.leases = leases;
    this.happenings = happenings;
  }

  /**
   * Looks what has been opened; to be called about twice a second.
   *
   * @param wanted whether the document asks for it
   * @param plan what is in force
   */
  void look(boolean wanted, RouterPlan plan, long nowNs) {
    if (!wanted) {
      forget();
      return;
    }
    if (watch == null && (failure == null || nowNs - retryNs >= 0)) {
      start(nowNs);
    }
    take(plan, nowNs);
    write(opened.poll(nowNs));
  }

  private void start(long nowNs) {
    try {
      watch =
          watches.start(
              flow -> {
                if (!waiting.offer(flow)) {
                  lost.incrementAndGet();
                }
              },
              lost::incrementAndGet);
      failure = null;
    } catch (IOException e) {
      if (!e.getMessage().equals(failure)) {
        happenings.failed(Past.words("past.not-watched", e.getMessage()));
      }
      failure = e.getMessage();
      retryNs = nowNs + RETRY_NS;
    }
  }

  private void take(RouterPlan plan, long nowNs) {
    List<Flow> flows = new ArrayList<>();
    waiting.drainTo(flows);
    flows.removeIf(flow -> !FlowText.isShops(flow, plan));
    if (!flows.isEmpty()) {
      // Read each time, since an address may have become another device's.
      Map<IpAddress, String> names = names();
      for (Flow flow : flows) {
        String who = names.getOrDefault(flow.source(), flow.source().toString());
        opened.opened(who, FlowText.of(flow, plan), nowNs);
      }
    }
    opened.lost(lost.getAndSet(0));
  }

  private Map<IpAddress, String> names() {
    Map<IpAddress, String> names = new HashMap<>();
    leases.get().forEach(lease -> names.put(lease.address(), Chronicle.named(lease)));
    return names;
  }

  private void write(List<OpenedConnections.Told> all) {
    all.forEach(told -> happenings.opened(told.who(), told.what()));
  }

  private void stopWatching() {
    if (watch != null) {
      watch.close();
      watch = null;
    }
  }

  /** Who switches it off wants nothing of it, not even what was seen before. */
  private void forget() {
    if (watch != null || failure != null) {
      stopWatching();
      waiting.clear();
      lost.set(0);
      opened = new OpenedConnections();
      failure = null;
    }
  }

  /** Writes down what it knows, and ends. */
  @Override
  public void close() {
    stopWatching();
    write(opened.rest());
  }
}
