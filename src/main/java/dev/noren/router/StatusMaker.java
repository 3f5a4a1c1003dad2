package dev.noren.router;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.noren.config.ConfigStore.Loaded;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.config.StoredConfig;
import dev.noren.forms.Compiled;
import dev.noren.forms.Visit;
import dev.noren.mdns.LocalName;
import dev.noren.net.Cidr;
import dev.noren.plan.Layout;
import dev.noren.plan.RouterFacts.Port;
import dev.noren.plan.RouterPlan;
import dev.noren.services.ServiceState;
import dev.noren.services.Supervisor;
import dev.noren.state.GreatestTime;
import dev.noren.status.Carried;
import dev.noren.status.HealthSigns;
import dev.noren.status.HealthWatch;
import dev.noren.status.RouterStatus;
import dev.noren.status.Traffic;
import dev.noren.status.TrafficDay;
import dev.noren.status.TrafficRing;
import dev.noren.status.TrafficSample;
import dev.noren.text.Sentence;
import dev.noren.tunnel.TunnelSnapshot;
import dev.noren.update.UpdateTrial;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Makes the snapshot. For the router's thread. */
final class StatusMaker {
  /** A clock that is further behind what it was before is one that nobody has set yet. */
  private static final Duration CLOCK_BEHIND = Duration.ofSeconds(60);

  private final Router router;
  private final LiveConfig live;
  private final RouterTunnels tunnels;
  private final FarNames names;
  private final LocalName name;
  private final Supervisor supervisor;
  private final Seen seen;
  private final Reachability reachability;
  private final Chronicle chronicle;
  private final GreatestTime greatest;
  private final HealthWatch health;
  private final InstantSource clock;
  private final Consumer<Carried> remembers;
  private final Loaded loaded;
  private final World.Eyes eyes;
  private final Instant since;
  private final long startNs = System.nanoTime();
  private final TrafficRing ring = new TrafficRing();
  private final Meter meter = new Meter(this::sample, this::keep);
  private RouterStatus last;

  /** Of which document and day {@link #wanted} are the tunnels. */
  private List<Object> wantedOf = List.of();

  private List<RouterTunnel> wanted;

  /**
   * @param loaded the document that it started with
   * @param eyes say which day it is
   * @param greatest the greatest time that the box ever saw
   * @param health says how it is
   * @param remembers is told what was carried, every few seconds
   */
  StatusMaker(
      Router router,
      LiveConfig live,
      RouterTunnels tunnels,
      FarNames names,
      LocalName name,
      Supervisor supervisor,
      Seen seen,
      Reachability reachability,
      Chronicle chronicle,
      Loaded loaded,
      World.Eyes eyes,
      GreatestTime greatest,
      HealthWatch health,
      InstantSource clock,
      Consumer<Carried> remembers) {
    this.router = router;
    this.live = live;
    this.tunnels = tunnels;
    this.names = names;
    this.name = name;
    this.supervisor = supervisor;
    this.seen = seen;
    this.reachability = reachability;
    this.chronicle = chronicle;
    this.loaded = loaded;
    this.eyes = eyes;
    this.greatest = greatest;
    this.health = health;
    this.clock = clock;
    this.remembers = remembers;
    this.since = clock.instant();
  }

  /** The router as it is now. */
  RouterStatus make() {
    Instant now = clock.instant();
    long uptimeMs = uptimeMs();
    if (last != null && uptimeMs - last.uptimeMs() < 200 && isOfTheSameDocument(last)) {
      return last;
    }
    StoredConfig stored = live.inForce();
    RouterConfig config = stored.config();
    List<RouterTunnel> wanted = wanted(stored);
    RouterPlan plan = router.plan();
    Map<String, TunnelSnapshot> running = tunnels.snapshots();
    List<Cidr> own = Snapshots.own(plan.layout(), config);
    reachability.look(wanted, running, own, unixNs(now), System.nanoTime());
    Map<String, Traffic> traffic = seen.traffic();
    Set<String> cables = cables();
    RouterStatus made =
        new RouterStatus(
            now,
            since,
            uptimeMs,
            config.name(),
            new RouterStatus.Config(
                stored.number(), live.appliedAt(), stored.author(), stored.change()),
            plan.layout().role(),
            !stored.isUnclaimed(),
            live.pending(),
            problems(),
            !cables.isEmpty(),
            Snapshots.lines(plan.layout(), traffic, chronicle.lineSince(), cables),
            Snapshots.lan(plan.layout()),
            new RouterStatus.Page(name.name(), plan.layout().pageAddresses()),
            seen.leases(),
            Snapshots.tunnels(
                wanted, plan.tunnels(), running, plan.layout(), own, reachability, unixNs(now)),
            services(now),
            seen.rules(),
            Snapshots.routesToTell(plan.layout(), wanted),
            health.now());
    last = meter.filled(made);
    return last;
  }

  private List<RouterTunnel> wanted(StoredConfig stored) {
    Visit visit = router.visit();
    List<Object> of = List.of(stored.config(), Arrays.asList(eyes.today(), visit));
    if (!isSame(of, wantedOf)) {
      wanted = Compiled.of(stored.config(), eyes.today(), null, visit).config().tunnels();
      wantedOf = of;
    }
    return wanted;
  }

  /** By identity for the document, which is large and never changes. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(List<Object> one, List<Object> other) {
    return !other.isEmpty()
        && one.getFirst() == other.getFirst()
        && one.getLast().equals(other.getLast());
  }

  private static long unixNs(Instant at) {
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }

  /** The ports whose cable leads to something that is on. */
  private Set<String> cables() {
    return eyes.ports().stream()
        .filter(Port::carrier)
        .map(Port::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * What the health goes by; it starts no program, so that it can be asked often.
   *
   * @param updating whether a new version is being written, or has to prove itself
   */
  HealthSigns signs(FarAnswers answers, boolean updating) {
    StoredConfig stored = live.inForce();
    Layout layout = router.plan().layout();
    Set<String> cables = cables();
    Instant now = clock.instant();
    List<RouterStatus.Tunnel> seenTunnels =
        Snapshots.tunnels(
            wanted(stored),
            router.plan().tunnels(),
            tunnels.snapshots(),
            layout,
            List.of(),
            reachability,
            unixNs(now));
    return new HealthSigns(
        !stored.isUnclaimed(),
        !cables.isEmpty(),
        Snapshots.lines(layout, Map.of(), Map.of(), cables),
        seenTunnels,
        answers.know(stored.config(), router.plan().tunnels(), seenTunnels),
        greatest.forExpiry(false).minus(CLOCK_BEHIND).isAfter(now),
        updating,
        tunnels.stuckNs(System.nanoTime()) >= UpdateTrial.STUCK_NS);
  }

  private boolean isOfTheSameDocument(RouterStatus status) {
    return status.config().number() == live.inForce().number()
        && (status.pending() == null) == (live.pending() == null);
  }

  /** To be called now and then, also when nobody asks. */
  void look() {
    meter.look(uptimeMs());
    long nowNs = System.nanoTime();
    if (reachability.isDue(nowNs)) {
      StoredConfig stored = live.inForce();
      reachability.look(
          wanted(stored),
          tunnels.snapshots(),
          Snapshots.own(router.plan().layout(), stored.config()),
          unixNs(clock.instant()),
          nowNs);
    }
  }

  /** What was carried in the last day. */
  TrafficDay day() {
    return ring.day(clock.instant(), uptimeMs());
  }

  private void keep(TrafficSample sample) {
    Carried carried =
        ring.add(
            sample,
            router.plan().layout().lines().stream()
                .map(Layout.Line::device)
                .collect(Collectors.toUnmodifiableSet()));
    if (carried != null) {
      remembers.accept(carried);
    }
  }

  private TrafficSample sample(long uptimeMs) {
    return new TrafficSample(
        uptimeMs,
        seen.traffic(),
        tunnels.ofFarEnds(peer -> Traffic.total(peer.receivedBytes(), peer.sentBytes())));
  }

  private long uptimeMs() {
    return NANOSECONDS.toMillis(System.nanoTime() - startNs);
  }

  private List<Sentence> problems() {
    List<Sentence> problems = new ArrayList<>(router.failures());
    if (live.inForce().number() == loaded.current().number()) {
      problems.addAll(loaded.notices());
    }
    problems.addAll(names.problems());
    problems.addAll(router.remarks());
    return problems;
  }

  private List<RouterStatus.Service> services(Instant now) {
    long nowNs = System.nanoTime();
    List<RouterStatus.Service> services = new ArrayList<>();
    for (ServiceState state : supervisor.states()) {
      services.add(
          new RouterStatus.Service(
              state.name(),
              state.running() ? now.minusNanos(nowNs - state.sinceNs()) : null,
              state.restarts(),
              state.lastWords().isEmpty() ? null : state.lastWords()));
    }
    return services;
  }
}
