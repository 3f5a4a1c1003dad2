package dev.noren.router;

import dev.noren.crypto.PublicKey;
import dev.noren.crypto.TransportAeads;
import dev.noren.net.Endpoint;
import dev.noren.plan.TunnelPlan;
import dev.noren.process.InterfaceProcess;
import dev.noren.process.Warming;
import dev.noren.protocol.Limits;
import dev.noren.services.CommandRunner;
import dev.noren.services.TunnelRunner;
import dev.noren.state.ReservedTime;
import dev.noren.state.TimestampMark;
import dev.noren.status.TrafficSample.FarEnd;
import dev.noren.text.Failed;
import dev.noren.text.Sentence;
import dev.noren.tunnel.Drop;
import dev.noren.tunnel.Tunnel;
import dev.noren.tunnel.TunnelChange;
import dev.noren.tunnel.TunnelChange.PeerChange;
import dev.noren.tunnel.TunnelClock;
import dev.noren.tunnel.TunnelSight;
import dev.noren.tunnel.TunnelSnapshot;
import dev.noren.tunnel.TunnelSnapshot.PeerSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tinylog.Logger;

/**
 * The router's tunnels. A change keeps the interface and the sessions of the peers that stay. All
 * calls come from the router's thread.
 */
final class RouterTunnels implements TunnelRunner, AutoCloseable {
  private final TimestampMark mark;
  private final Limits limits;
  private final CommandRunner commands;
  private final Consumer<String> ended;
  private final TransportAeads aeads = TransportAeads.start();
  private final Map<String, Running> running = new LinkedHashMap<>();
  private Warming warming;

  /** Those of {@link #running}, for who looks whether they get on. */
  private volatile Tunnel[] watched = {};

  /** A tunnel that runs. */
  private static final class Running {
    private final InterfaceProcess process;
    private final Map<PublicKey, FarEndSearch> searches = new HashMap<>();
    private TunnelPlan plan;
    private volatile boolean closing;
    private volatile boolean ended;

    private Running(InterfaceProcess process, TunnelPlan plan) {
      this.process = process;
      this.plan = plan;
    }
  }

  /**
   * None yet.
   *
   * @param ended is told the name of a tunnel that ended by itself, from another thread
   */
  RouterTunnels(Path state, Limits limits, CommandRunner commands, Consumer<String> ended) {
    this.mark = new TimestampMark(state, TunnelClock.system()::unixNs);
    this.limits = limits;
    this.commands = commands;
    this.ended = ended;
  }

  @Override
  public void change(TunnelPlan before, TunnelPlan after) throws IOException {
    if (after == null) {
      if (before != null) {
        stop(before.device());
      }
    } else if (before == null || !running.containsKey(after.device())) {
      start(after);
    } else {
      Running tunnel = running.get(after.device());
      Map<PublicKey, Endpoint> inUse = TunnelDifference.inUse(tunnel.process.tunnel().snapshot());
      apply(tunnel.process, TunnelDifference.between(tunnel.plan, inUse, after), after);
      setMtu(after);
      tunnel.plan = after;
    }
  }

  private void start(TunnelPlan plan) throws IOException {
    InterfaceProcess process = InterfaceProcess.startOneOfMany(plan.device(), mark, limits, aeads);
    try {
      apply(process, TunnelDifference.between(null, Map.of(), plan), plan);
      setMtu(plan);
      process.tunnel().up();
    } catch (IOException | RuntimeException e) {
      process.close();
      throw e;
    }
    Running tunnel = new Running(process, plan);
    running.put(plan.device(), tunnel);
    follow();
    watch(tunnel);
    if (warming == null) {
      warming = InterfaceProcess.warm(plan.device(), aeads);
    }
  }

  private static void apply(InterfaceProcess process, TunnelChange change, TunnelPlan plan)
      throws IOException {
    try {
      process.tunnel().apply(change);
    } catch (IOException e) {
      throw new Failed(Sentence.of("tunnel.failed", plan.device(), Sentence.of(e)), e);
    }
  }

  private void watch(Running tunnel) {
    String name = tunnel.plan.device();
    Thread thread =
        new Thread(
            () -> {
              try {
                tunnel.process.tunnel().awaitEnd();
                tunnel.ended = true;
                if (!tunnel.closing) {
                  ended.accept(name);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "noren-watch " + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void setMtu(TunnelPlan plan) throws IOException {
    commands.run("ip", "link", "set", "mtu", "" + plan.mtuBytes(), "dev", plan.device());
  }

  private void stop(String name) {
    Running tunnel = running.remove(name);
    if (tunnel != null) {
      tunnel.closing = true;
      follow();
      tunnel.process.close();
    }
  }

  private void follow() {
    watched = running.values().stream().map(each -> each.process.tunnel()).toArray(Tunnel[]::new);
  }

  /**
   * How long a loop of any tunnel has not got on, nanoseconds; 0 without a tunnel. Any thread may
   * call.
   */
  synchronized long stuckNs(long nowNs) {
    long most = 0;
    for (Tunnel tunnel : watched) {
      most = Math.max(most, tunnel.stuckNs(nowNs));
    }
    return most;
  }

  /**
   * Whether the tunnel that has a name now is one that ended by itself: an end may be told when
   * there is another of that name already.
   */
  boolean hasEnded(String name) {
    Running tunnel = running.get(name);
    return tunnel != null && tunnel.ended;
  }

  /** What their timestamps are reserved up to. */
  ReservedTime time() {
    return mark;
  }

  /** How each running tunnel is, by its name. */
  Map<String, TunnelSnapshot> snapshots() {
    Map<String, TunnelSnapshot> all = new LinkedHashMap<>();
    running.forEach((name, tunnel) -> all.put(name, tunnel.process.tunnel().snapshot()));
    return all;
  }

  /** Something of each far end of the running tunnels, as it is. */
  <T> Map<FarEnd, T> ofFarEnds(Function<PeerSnapshot, T> what) {
    Map<FarEnd, T> all = new HashMap<>();
    snapshots()
        .forEach(
            (name, tunnel) ->
                tunnel
                    .peers()
                    .forEach(
                        peer ->
                            all.put(
                                new FarEnd(name, peer.publicKey().toString()), what.apply(peer))));
    return all;
  }

  /** What goes wrong in each running tunnel, by its name. */
  Map<String, TunnelSight> sights() {
    Map<String, TunnelSight> all = new LinkedHashMap<>();
    running.forEach((name, tunnel) -> all.put(name, tunnel.process.tunnel().sight()));
    return all;
  }

  /** How many packets each running tunnel dropped, by its name and by cause. */
  Map<String, Map<Drop, Long>> drops() {
    Map<String, Map<Drop, Long>> all = new LinkedHashMap<>();
    running.forEach((name, tunnel) -> all.put(name, tunnel.process.tunnel().drops()));
    return all;
  }

  /**
   * Tries another address of far ends that do not answer, where one is known.
   *
   * @param nowNs a clock that never jumps
   */
  void seek(long nowNs) throws IOException {
    for (Running tunnel : running.values()) {
      List<PeerChange> moves = new ArrayList<>();
      Map<PublicKey, List<Endpoint>> places = TunnelDifference.places(tunnel.plan);
      tunnel.searches.keySet().retainAll(places.keySet());
      for (PeerSnapshot peer : tunnel.process.tunnel().snapshot().peers()) {
        Endpoint next =
            tunnel
                .searches
                .computeIfAbsent(peer.publicKey(), any -> new FarEndSearch())
                .look(
                    peer.endpoint() == null ? null : plain(peer.endpoint()),
                    places.getOrDefault(peer.publicKey(), List.of()),
                    peer.unansweredNs(),
                    nowNs);
        if (next != null) {
          Logger.info(
              "{}: {} does not answer; {} is tried", tunnel.plan.device(), peer.endpoint(), next);
          moves.add(moved(peer.publicKey(), next));
        }
      }
      if (!moves.isEmpty()) {
        tunnel.process.tunnel().apply(new TunnelChange(null, false, null, null, false, moves));
      }
    }
  }

  /** Without the local address that the kernel has chosen. */
  private static Endpoint plain(Endpoint inUse) {
    return Endpoint.of(inUse.address(), inUse.port());
  }

  private static PeerChange moved(PublicKey peer, Endpoint there) {
    return new PeerChange(peer, false, true, null, there, null, false, List.of());
  }

  /** After packets have come to leave by another line: the far ends learn of it at once. */
  void rerouted() throws IOException {
    for (Running tunnel : running.values()) {
      tunnel.process.tunnel().rerouted();
    }
  }

  /** Ends all of them. */
  @Override
  public void close() {
    if (warming != null) {
      warming.close();
    }
    for (String name : List.copyOf(running.keySet())) {
      stop(name);
    }
  }
}
