package dev.noren.services;

import dev.noren.plan.ServicePlan;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tinylog.Logger;

/**
 * Keeps the services running: starts them, starts them again when they end, and ends them with all
 * their children. For one thread, which calls {@link #poll} when it is due and when a service has
 * ended. Times are those of one clock, which its user reads.
 */
public final class Supervisor {
  /** How long a service may take to end when it is asked to, before it is killed. */
  public static final Duration GRACE = Duration.ofSeconds(3);

  /** What {@link #poll} gives when there is nothing to wait for. */
  public static final long NEVER = Long.MAX_VALUE;

  private final CommandRunner commands;
  private final Path state;
  private final long graceNs;
  private final Runnable ended;
  private final Map<String, Service> services = new LinkedHashMap<>();

  /**
   * A supervisor of no services yet.
   *
   * @param commands starts their programs
   * @param state the state folder
   * @param grace how long they may take to end
   * @param ended called from another thread when one has ended
   */
  public Supervisor(CommandRunner commands, Path state, Duration grace, Runnable ended) {
    this.commands = commands;
    this.state = state;
    this.graceNs = grace.toNanos();
    this.ended = ended;
  }

  /**
   * A service begins, changes or ends; where it changes, it ends first, and what its line gave it
   * is the new one's. One whose program is not installed begins too: it is a problem that is told
   * of, and is tried again as one that ended.
   *
   * @param before as it runs, or null
   * @param after as it shall run, or null
   * @throws IOException with a sentence; then the service does not run
   */
  public void change(ServicePlan before, ServicePlan after, long nowNs) throws IOException {
    boolean takesOver = before != null && after != null && before.name().equals(after.name());
    if (before != null) {
      stop(before.name(), takesOver);
    }
    if (after != null) {
      start(after, takesOver, nowNs);
    }
  }

  private void start(ServicePlan plan, boolean takesOver, long nowNs) throws IOException {
    if (services.containsKey(plan.name())) {
      throw new IOException(plan.name() + " runs already");
    }
    Service service = new Service(plan, ServiceFolder.open(state, plan.name()), commands, ended);
    try {
      service.begin(takesOver, nowNs);
    } catch (IOException e) {
      stopQuietly(service);
      throw new IOException(plan.name() + " can't be started: " + Sentences.reason(e), e);
    }
    services.put(plan.name(), service);
  }

  private void stop(String name, boolean givesWay) throws IOException {
    Service service = services.remove(name);
    if (service == null) {
      return;
    }
    if (givesWay) {
      service.giveWay(graceNs);
    } else {
      service.stop(graceNs);
    }
  }

  private void stopQuietly(Service service) {
    try {
      service.stop(graceNs);
    } catch (IOException e) {
      Logger.error("{}.", Sentences.reason(e));
    }
  }

  /**
   * Notices which services have ended and starts those that are due.
   *
   * @return when it is to be called again, or {@link #NEVER}
   */
  public long poll(long nowNs) {
    long next = NEVER;
    for (Service service : services.values()) {
      long due = service.poll(nowNs, graceNs);
      next = due == NEVER ? next : next == NEVER || due - next < 0 ? due : next;
    }
    return next;
  }

  /** How they are, in the order in which they were started. */
  public List<ServiceState> states() {
    return services.values().stream().map(Service::state).toList();
  }

  /** Why services don't run that could not be started, one sentence each and none twice. */
  public List<Sentence> problems() {
    return services.values().stream()
        .map(Service::problem)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  /** Ends all, the last first; what can't be ended is logged. */
  public void stopAll() {
    List.copyOf(services.values()).reversed().forEach(this::stopQuietly);
    services.clear();
  }

  /**
   * Ends what a Noren that was killed left running.
   *
   * @throws IOException with a sentence, where it can't be ended
   */
  static void sweep(Path state, Duration grace) throws IOException {
    for (ServiceFolder folder : ServiceFolder.all(state)) {
      folder.endAll(grace.toNanos());
      folder.forget();
    }
  }
}
