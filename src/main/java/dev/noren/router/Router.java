package dev.noren.router;

import dev.noren.config.RouterConfig;
import dev.noren.config.StoredConfig;
import dev.noren.forms.Visit;
import dev.noren.plan.Layout;
import dev.noren.plan.RouterFacts;
import dev.noren.plan.RouterPlan;
import dev.noren.plan.TunnelPlan;
import dev.noren.services.Applier;
import dev.noren.services.PlanJournal;
import dev.noren.services.Supervisor;
import dev.noren.text.Failed;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.tinylog.Logger;

/**
 * The running router: one thread that looks at the machine and at the world, plans anew when
 * something is different, and carries out what the new plan asks for, all of it or nothing.
 */
final class Router implements LiveConfig.Follower {
  /** How often it looks without being poked. */
  private static final long LOOK_MS = 500;

  /** How long it waits before it tries again what failed. */
  private static final long RETRY_NS = 5_000_000_000L;

  private final World world;
  private final RouterMemory memory;
  private final Applier applier;
  private final PlanJournal journal;
  private final Supervisor supervisor;
  private final RouterTunnels tunnels;
  private final Inbox inbox;
  private final LongSupplier nowNs;
  private final Happenings happenings;
  private final Chronicle chronicle;
  private final Destinations destinations;
  private StoredConfig followed;
  private RouterFacts facts;
  private RouterPlan inForce = RouterPlan.STOPPED;
  private Sentence failure;
  private boolean untidy = true;
  private List<Sentence> troubles = List.of();
  private long retryNs;
  private volatile boolean ending;

  Router(
      StoredConfig config,
      World world,
      RouterMemory memory,
      Applier applier,
      PlanJournal journal,
      Supervisor supervisor,
      RouterTunnels tunnels,
      Inbox inbox,
      LongSupplier nowNs,
      Happenings happenings,
      Chronicle chronicle,
      Destinations destinations) {
    this.followed = config;
    this.world = world;
    this.memory = memory;
    this.applier = applier;
    this.journal = journal;
    this.supervisor = supervisor;
    this.tunnels = tunnels;
    this.inbox = inbox;
    this.nowNs = nowNs;
    this.happenings = happenings;
    this.chronicle = chronicle;
    this.destinations = destinations;
  }

  /** Looks once, and carries out what is new; what fails is tried again later. */
  void look() {
    long now = nowNs.getAsLong();
    supervisor.poll(now);
    tellTroubles();
    RouterFacts seen = world.look(followed.config(), inForce.layout());
    boolean again = failure != null && now - retryNs >= 0;
    if (seen.equals(facts) && !again) {
      return;
    }
    facts = seen;
    try {
      carryOut(followed);
    } catch (IOException e) {
      failed(Sentence.of(e), now);
    }
  }

  /** Of programs that can't be started; each is tried again by itself. */
  private void tellTroubles() {
    List<Sentence> before = troubles;
    troubles = supervisor.problems();
    troubles.stream()
        .filter(each -> !before.contains(each))
        .map(Sentence::toString)
        .forEach(happenings::failed);
  }

  private void failed(Sentence sentence, long now) {
    if (!sentence.equals(failure)) {
      Logger.error("{}.", sentence);
      happenings.failed(sentence.toString());
    }
    failure = sentence;
    retryNs = now + RETRY_NS;
  }

  /** Carries out a configuration in the world as it was last seen. */
  private void carryOut(StoredConfig config) throws IOException {
    RouterPlan plan;
    try {
      plan = RouterPlan.of(config.config(), !config.isUnclaimed(), facts);
    } catch (IllegalArgumentException e) {
      throw new Failed(Sentence.of(e), e);
    }
    remember(config.config(), plan.layout());
    if (!plan.equals(inForce)) {
      journal.save(inForce, plan);
      applier.apply(inForce.deedsTo(plan));
      boolean another = !way(inForce).equals(way(plan));
      untidy |= !inForce.firewall().equals(plan.firewall());
      inForce = plan;
      settle(another);
    }
    // Only what was carried out counts as used, or what is in force might lose its number.
    memory.keepNumbers(
        facts.numbers().with(plan.tunnels().stream().map(TunnelPlan::config).toList()));
    failure = null;
    world.follow(config.config(), plan);
    happenings.follow(config.config());
  }

  /** After a plan has come into force; that this fails does not take it back. */
  private void settle(boolean rerouted) {
    try {
      journal.save(inForce, inForce);
      if (rerouted) {
        tunnels.rerouted();
      }
    } catch (IOException e) {
      // The journal names more than there is, or a tunnel has ended, which is told by itself.
      Logger.warn("The plan is in force, but what follows it failed: {}.", e.getMessage());
    }
  }

  /** By what the tunnels' packets leave. */
  private static List<Object> way(RouterPlan plan) {
    Layout.Line line = plan.layout().preferred();
    return line == null
        ? List.of()
        : Arrays.asList(line.device(), line.lease().address(), line.lease().gateway());
  }

  /** The network that was chosen for the shop, so that a restart chooses the same. */
  private void remember(RouterConfig config, Layout layout) {
    if (config.lan().address() == null && !layout.beside() && layout.lan() != null) {
      memory.keepLan(layout.lan().address());
    }
  }

  @Override
  public void follow(StoredConfig config) throws IOException {
    facts = world.look(config.config(), inForce.layout());
    try {
      carryOut(config);
      followed = config;
    } catch (IOException e) {
      failure = null;
      world.follow(followed.config(), inForce);
      throw e;
    }
  }

  @Override
  public void settled() {
    tidy();
  }

  @Override
  public void happened(String who, String what) {
    happenings.configured(who, what);
  }

  /**
   * After a tunnel's interface went without our doing: all of it is made anew, behind the firewall,
   * which stays.
   */
  void tunnelEnded(String name) {
    if (!tunnels.hasEnded(name)) {
      Logger.debug("{} has ended by itself, but there is another already.", name);
      return;
    }
    Logger.error("{} has ended by itself; it is started again.", name);
    // What was on the interface went with it; the firewall and the ways that end nowhere stay.
    try {
      tunnels.change(
          inForce.tunnels().stream()
              .filter(plan -> plan.device().equals(name))
              .findFirst()
              .orElse(null),
          null);
    } catch (IOException e) {
      Logger.debug("{} went with its interface: {}.", name, e.getMessage());
    }
    inForce = inForce.withoutTunnel(name);
    facts = null;
  }

  /**
   * Runs until {@link #end}.
   *
   * @param live undoes what nobody confirms
   * @param eachTurn what else is to be done now and then
   */
  void run(LiveConfig live, Runnable eachTurn) throws InterruptedException {
    while (!ending) {
      look();
      seek();
      chronicle.look(inForce.layout(), nowNs.getAsLong());
      destinations.look(followed.config().log().destinations(), inForce, nowNs.getAsLong());
      happenings.growOld();
      eachTurn.run();
      try {
        live.undoIfDue();
      } catch (IOException e) {
        failed(Sentence.of("live.not-undone", Sentence.of(e)), nowNs.getAsLong());
      }
      if (live.pending() == null) {
        tidy();
      }
      inbox.await(LOOK_MS);
    }
  }

  /**
   * What tunnels have left in the firewall that are gone for good. A change that is being tried may
   * be undone, and then the addresses of its tunnels' names are needed as they were.
   */
  private void tidy() {
    // Before the first plan is carried out, nothing tells what a killed router's sets are for.
    if (!untidy || inForce.equals(RouterPlan.STOPPED)) {
      return;
    }
    untidy = false;
    try {
      applier.tidy(inForce.firewall());
    } catch (IOException e) {
      Logger.warn("What older rules have left stays: {}.", e.getMessage());
    }
  }

  private void seek() {
    try {
      tunnels.seek(nowNs.getAsLong());
    } catch (IOException e) {
      // Its end is told of by itself.
      Logger.debug("A far end is not looked for: {}.", e.getMessage());
    }
  }

  /** Has {@link #run} return soon; any thread may call. */
  void end() {
    ending = true;
    inbox.poke();
  }

  /** Takes all of it back but for the firewall, which stays and lets nothing through. */
  void stop() {
    inbox.close();
    destinations.close();
    try {
      applier.apply(inForce.deedsTo(RouterPlan.STOPPED));
      journal.save(RouterPlan.STOPPED, RouterPlan.STOPPED);
    } catch (IOException e) {
      Logger.error("{}.", e.getMessage());
    }
    supervisor.stopAll();
  }

  RouterPlan plan() {
    return inForce;
  }

  /** The document that it follows. */
  RouterConfig followed() {
    return followed.config();
  }

  /** The technician who was seen last, or null. */
  Visit visit() {
    return facts == null ? null : facts.visit();
  }

  /** What is wrong at present: what can't be carried out, and what can't be written down. */
  List<Sentence> failures() {
    return Stream.concat(
            Stream.of(failure, happenings.problem()).filter(Objects::nonNull),
            supervisor.problems().stream())
        .toList();
  }

  /** What people should know of the plan in force. */
  List<Sentence> remarks() {
    return inForce.remarks();
  }
}
