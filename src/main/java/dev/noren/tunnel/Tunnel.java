package dev.noren.tunnel;

import dev.noren.crypto.TransportAeads;
import dev.noren.net.Datagram;
import dev.noren.protocol.Limits;
import dev.noren.protocol.peer.Peer;
import dev.noren.protocol.peer.StagedPool;
import dev.noren.tun.TunDevice;
import dev.noren.tunnel.TunnelSnapshot.PeerSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.tinylog.Logger;

/**
 * One WireGuard interface: a TUN device, a UDP socket while the device is up, the peers, and three
 * threads. Every method may be called from any thread but the tunnel's own.
 */
public final class Tunnel implements AutoCloseable {
  /** Why a tunnel came to its end. */
  public enum End {
    /** It was closed. */
    CLOSED,
    /** The interface was deleted. */
    INTERFACE_GONE,
    /** A loop failed; the log says how. */
    FAILED
  }

  private static final long CALL_SECONDS = 60;

  private final TunDevice tun;
  private final TunnelState state;
  private final Requests requests = new Requests();
  private final HandshakeQueue queue;
  private final OutboundLoop outbound;
  private final InboundLoop inbound;
  private final HandshakeLoop handshakes;
  private final Lifecycle lifecycle;
  private final LoopThreads threads;
  private final CompletableFuture<End> end = new CompletableFuture<>();

  /** Complete while nobody takes tasks: before the start, and after the handshake loop's end. */
  private volatile CompletableFuture<Void> careless = CompletableFuture.completedFuture(null);

  /**
   * A tunnel that is not yet started.
   *
   * @param random for keys, indices, cookies and jitter: a secure one, but in tests
   * @param aeads who seals and opens packets
   */
  public Tunnel(
      TunDevice tun,
      UdpOpener opener,
      Limits limits,
      TunnelClock clock,
      Timestamps timestamps,
      RandomGenerator random,
      TransportAeads aeads) {
    this.tun = tun;
    state = new TunnelState(limits, clock, aeads);
    state.mtu = tun.mtu();
    queue = new HandshakeQueue(limits.handshakeQueue());
    Sessions sessions = new Sessions(state, random);
    Handshakes messages = new Handshakes(state, sessions, timestamps, random, tun.name());
    handshakes = new HandshakeLoop(state, messages, sessions, queue, requests, random);
    // Jitter is drawn for every packet and is no secret: not from the generator that has a lock.
    outbound = new OutboundLoop(state, tun, requests, new SplittableRandom(random.nextLong()));
    inbound = new InboundLoop(state, tun, requests, queue, sessions);
    Configurator configurator =
        new Configurator(state, handshakes, requests, new StagedPool(limits.stagedBytes()));
    lifecycle = new Lifecycle(state, handshakes, inbound, configurator, requests, opener);
    threads = new LoopThreads(tun.name(), this::loopEnded, () -> end.complete(End.FAILED));
  }

  /** Starts the loops and follows the interface from now on. */
  public void start() {
    threads.start("out", outbound);
    threads.start("in", inbound);
    careless = new CompletableFuture<>();
    threads.start("care", this::care);
    tun.watch(
        new LinkFollower(
            tun.name(),
            state,
            lifecycle,
            handshakes::submit,
            () -> end.complete(End.INTERFACE_GONE)));
  }

  private void loopEnded() {
    if (!state.stopped) {
      end.complete(End.INTERFACE_GONE);
    }
  }

  private void care() {
    try {
      handshakes.run();
    } finally {
      careless.complete(null);
    }
  }

  /**
   * Changes keys, port, mark and peers, all or nothing.
   *
   * @throws IOException with a sentence, if the port can't be had, or as a {@link NoRoomException}
   *     if there would be too many peers or prefixes; then nothing has changed
   */
  public void apply(TunnelChange change) throws IOException {
    call(() -> lifecycle.apply(change));
  }

  /**
   * Opens the UDP socket and starts the peers' timers; nothing if it is up.
   *
   * @throws IOException with a sentence, if the port can't be had
   */
  public void up() throws IOException {
    call(lifecycle::up);
  }

  /** Closes the UDP socket, wipes all session keys and drops what waits; nothing if it is down. */
  public void down() throws IOException {
    call(lifecycle::down);
  }

  /**
   * To be called after packets to the far ends have come to leave the machine by another way, as
   * from another of its addresses: those ends learn of it at once.
   */
  public void rerouted() throws IOException {
    call(lifecycle::rerouted);
  }

  /** Waits until the tunnel ends. */
  public End awaitEnd() throws InterruptedException {
    try {
      return end.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets {@link #awaitEnd} return, as if the tunnel had been closed. */
  public void end() {
    end.complete(End.CLOSED);
  }

  public String name() {
    return tun.name();
  }

  /** Keys, port, peers and their traffic as they are now. */
  public TunnelSnapshot snapshot() {
    List<PeerSnapshot> peers = new ArrayList<>();
    for (Peer peer : state.peers.all()) {
      peers.add(
          new PeerSnapshot(
              peer.publicKey(),
              peer.presharedKey(),
              peer.endpoint(),
              peer.timers().persistentKeepaliveSeconds(),
              peer.lastHandshakeUnixNs(),
              peer.timers().unansweredNs(state.clock.nowNs()),
              peer.traffic().dataAgeNs(state.clock.nowNs()),
              peer.traffic().receivedBytes(),
              peer.traffic().sentBytes(),
              peer.allowedIps()));
    }
    TunnelState.Identity me = state.identity;
    return new TunnelSnapshot(
        me == null ? null : me.local().privateKey(), lifecycle.port(), lifecycle.mark(), peers);
  }

  /** What goes wrong with its peers, and who else came to its port. */
  public TunnelSight sight() {
    long nowNs = state.clock.nowNs();
    TunnelState.Identity me = state.identity;
    return TunnelSight.of(
        me == null ? null : me.local().publicKey(), state.peers.all(), state.strangers, nowNs);
  }

  /**
   * How much memory changes may take while they are read: enough for all peers and prefixes that
   * there is room for.
   */
  public long requestBytes() {
    return state.limits.requestBytes();
  }

  /**
   * How long one of the loops has been busy without getting on, nanoseconds. A loop that waits for
   * something to do gets on; one that failed, or lost its interface, does not, until this tunnel is
   * closed and another is in its place. For one thread, which looks now and then, and keeps
   * nothing.
   */
  public long stuckNs(long nowNs) {
    if (state.stopped) {
      return 0;
    }
    return Math.max(
        outbound.mark().stuckNs(nowNs),
        Math.max(inbound.mark().stuckNs(nowNs), handshakes.mark().stuckNs(nowNs)));
  }

  /** How many packets were dropped, by reason. */
  public Map<Drop, Long> drops() {
    Map<Drop, Long> drops = new EnumMap<>(Drop.class);
    for (Drop reason : Drop.values()) {
      drops.put(reason, state.drops(reason));
    }
    return drops;
  }

  /** Handles one datagram as if it had arrived, on the caller's thread; for tests. */
  void receive(Datagram datagram) {
    inbound.receive(datagram, state.clock.nowNs());
  }

  /** Ends the loops, wipes the keys and removes the interface. */
  @Override
  public void close() {
    if (state.stopped) {
      return;
    }
    takeDown();
    state.stopped = true;
    requests.wake();
    inbound.wake();
    tun.wake();
    threads.join();
    tun.close();
    end.complete(End.CLOSED);
  }

  /** On the handshake loop, or here if that has failed: then nobody else writes any more. */
  private void takeDown() {
    try {
      if (careless.isDone()) {
        lifecycle.down();
      } else {
        call(lifecycle::down);
      }
    } catch (IOException | RuntimeException e) {
      Logger.error(e, "{}: not everything could be taken down", tun.name());
    }
  }

  /** Something to do on the handshake loop, which may fail for want of a port. */
  private interface Task {
    void run() throws IOException;
  }

  private void call(Task task) throws IOException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    handshakes.submit(
        () -> {
          try {
            task.run();
            done.complete(null);
          } catch (IOException | RuntimeException e) {
            done.completeExceptionally(e);
          }
        });
    try {
      CompletableFuture.anyOf(done, careless).get(CALL_SECONDS, TimeUnit.SECONDS);
      if (!done.isDone()) {
        throw new IOException(tun.name() + " does not run");
      }
      done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while changing " + tun.name(), e);
    } catch (TimeoutException e) {
      throw new IOException(tun.name() + " did not take the change in time", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
