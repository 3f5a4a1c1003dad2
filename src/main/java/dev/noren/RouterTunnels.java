package dev.noren;

import dev.noren.config.HostPort;
import dev.noren.config.PeerConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.crypto.PublicKey;
import dev.noren.crypto.TransportAeads;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.plan.Marks;
import dev.noren.plan.TunnelPlan;
import dev.noren.protocol.Limits;
import dev.noren.services.CommandRunner;
import dev.noren.services.TunnelRunner;
import dev.noren.tunnel.TunnelChange;
import dev.noren.tunnel.TunnelChange.AllowedIpChange;
import dev.noren.tunnel.TunnelChange.PeerChange;
import dev.noren.tunnel.TunnelClock;
import dev.noren.tunnel.TunnelSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The router's tunnels. A change keeps the interface and the sessions of the peers that stay. All
 * calls come from the router's thread but {@link #snapshots}.
 */
final class RouterTunnels implements TunnelRunner, AutoCloseable {
  private final TimestampMark mark;
  private final Limits limits;
  private final CommandRunner commands;
  private final Consumer<String> ended;
  private final TransportAeads aeads = TransportAeads.start();
  private final Map<String, Running> running = new LinkedHashMap<>();
  private Warming warming;

  /** A tunnel that runs. */
  private static final class Running {
    private final InterfaceProcess process;
    private TunnelPlan plan;
    private volatile boolean closing;

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
      apply(tunnel.process, leading(tunnel.plan, after), after);
      setMtu(after);
      tunnel.plan = after;
    }
  }

  private void start(TunnelPlan plan) throws IOException {
    InterfaceProcess process = InterfaceProcess.startOneOfMany(plan.device(), mark, limits, aeads);
    try {
      apply(process, leading(null, plan), plan);
      setMtu(plan);
      process.tunnel().up();
    } catch (IOException | RuntimeException e) {
      process.close();
      throw e;
    }
    Running tunnel = new Running(process, plan);
    running.put(plan.device(), tunnel);
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
      throw new IOException("tunnel \"%s\": %s".formatted(plan.device(), e.getMessage()), e);
    }
  }

  private void watch(Running tunnel) {
    String name = tunnel.plan.device();
    Thread thread =
        new Thread(
            () -> {
              try {
                tunnel.process.tunnel().awaitEnd();
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
      tunnel.process.close();
    }
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

  /** Tells a running tunnel of another address of a peer. */
  void move(String name, PublicKey peer, Endpoint endpoint) throws IOException {
    Running tunnel = running.get(name);
    if (tunnel != null) {
      PeerChange there = new PeerChange(peer, false, true, null, endpoint, null, false, List.of());
      tunnel
          .process
          .tunnel()
          .apply(new TunnelChange(null, false, null, null, false, List.of(there)));
    }
  }

  /** After packets have come to leave by another line: the far ends learn of it at once. */
  void rerouted() throws IOException {
    for (Running tunnel : running.values()) {
      tunnel.process.tunnel().rerouted();
    }
  }

  /** What leads from one plan to the other; peers that are in both keep their sessions. */
  private static TunnelChange leading(TunnelPlan before, TunnelPlan after) {
    RouterTunnel config = after.config();
    Map<PublicKey, PeerConfig> old = before == null ? Map.of() : peers(before);
    List<PeerChange> changes = new ArrayList<>();
    Set<PublicKey> gone = new HashSet<>(old.keySet());
    for (PeerConfig peer : peers(after).values()) {
      gone.remove(peer.publicKey());
      Endpoint endpoint = endpoint(peer, after);
      PeerConfig was = old.get(peer.publicKey());
      boolean moves = was == null || !canStay(was, before, peer, after);
      if (peer.equals(was) && !moves) {
        continue;
      }
      changes.add(
          new PeerChange(
              peer.publicKey(),
              false,
              false,
              peer.presharedKey(),
              moves ? endpoint : null,
              peer.persistentKeepaliveSeconds(),
              true,
              peer.allowedIps().stream().map(ip -> new AllowedIpChange(ip, false)).toList()));
    }
    for (PublicKey key : gone) {
      changes.add(new PeerChange(key, true, false, null, null, null, false, List.of()));
    }
    boolean sameKey = before != null && before.config().privateKey().equals(config.privateKey());
    boolean samePort = before != null && before.config().listenPort() == config.listenPort();
    return new TunnelChange(
        sameKey ? null : config.privateKey(),
        false,
        samePort ? null : config.listenPort(),
        before == null ? (Integer) Marks.OUTER : null,
        false,
        changes);
  }

  /** Whether the address in use is still one of the right ones. */
  private static boolean canStay(
      PeerConfig was, TunnelPlan before, PeerConfig is, TunnelPlan after) {
    return java.util.Objects.equals(was.endpoint(), is.endpoint())
        && addresses(was.endpoint(), before).equals(addresses(is.endpoint(), after));
  }

  private static Map<PublicKey, PeerConfig> peers(TunnelPlan plan) {
    return plan.config().peers().stream()
        .map(RouterTunnel.Peer::config)
        .collect(
            Collectors.toMap(PeerConfig::publicKey, peer -> peer, (a, b) -> b, LinkedHashMap::new));
  }

  /** The first known address of a peer, or null. */
  private static Endpoint endpoint(PeerConfig peer, TunnelPlan plan) {
    List<IpAddress> addresses = addresses(peer.endpoint(), plan);
    return addresses.isEmpty() ? null : Endpoint.of(addresses.getFirst(), peer.endpoint().port());
  }

  static List<IpAddress> addresses(HostPort where, TunnelPlan plan) {
    if (where == null) {
      return List.of();
    }
    return where.isNumeric()
        ? List.of(IpAddress.parse(where.host()))
        : plan.endpoints().getOrDefault(where.host(), List.of());
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
