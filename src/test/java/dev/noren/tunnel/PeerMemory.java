package dev.noren.tunnel;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.TransportKey;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.protocol.handshake.Tai64n;
import dev.noren.protocol.peer.Peer;
import dev.noren.protocol.session.Session;
import dev.noren.tunnel.TunnelChange.PeerChange;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Prints how much of the heap a peer and a prefix take, as lines of "name bytes". It runs in a Java
 * of its own with the launcher's options, where nothing else moves the heap.
 */
public final class PeerMemory {
  /** Just more than a hash table of 1024 places takes, so that the tables count in full. */
  private static final int PEERS = 800;

  private static final int PREFIXES_EACH = 10;

  private PeerMemory() {}

  public static void main(String[] args) {
    // The first time, classes are loaded and caches filled, which no peer pays for.
    used(PeerMemory::busyCrowd);
    long idle = measure("idle_peer", PEERS, () -> crowd(0, false));
    measure("busy_peer", PEERS, PeerMemory::busyCrowd);
    for (boolean v6 : new boolean[] {false, true}) {
      long all = used(() -> crowd(PREFIXES_EACH, v6));
      say(v6 ? "prefix6" : "prefix4", (all - idle) / (PEERS * PREFIXES_EACH));
    }
  }

  private static long measure(String name, int count, Supplier<Object> maker) {
    long used = used(maker);
    say(name, used / count);
    return used;
  }

  private static void say(String name, long bytes) {
    System.out.println(String.format(Locale.ROOT, "%s %d", name, bytes));
  }

  /** What the heap holds more when the maker's objects are there. */
  private static long used(Supplier<Object> maker) {
    long before = usedNow();
    Object made = maker.get();
    try {
      return usedNow() - before;
    } finally {
      Reference.reachabilityFence(made);
    }
  }

  private static long usedNow() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }

  private static BareTunnel crowd(int prefixesEach, boolean v6) {
    BareTunnel tunnel = new BareTunnel();
    tunnel.apply(BareTunnel.peers(0, PEERS, prefixesEach, v6));
    tunnel.loop.step(tunnel.clock.nowNs());
    return tunnel;
  }

  /**
   * Peers that have all that a peer can have but staged packets, which have a pool of their own.
   */
  private static BareTunnel busyCrowd() {
    BareTunnel tunnel = crowd(0, false);
    PrivateKey own = PrivateKey.generate(tunnel.random);
    tunnel.configurator.apply(
        new TunnelChange(own, false, null, null, false, List.of()), tunnel.clock.nowNs());
    int number = 0;
    for (Peer peer : tunnel.state.peers.all()) {
      PresharedKey psk = PresharedKey.generate(tunnel.random);
      tunnel.apply(new PeerChange(peer.publicKey(), false, true, psk, null, 25, false, List.of()));
      IpAddress far = IpAddress.v6(0xfd00L << 48, number++);
      peer.endpoint(new Endpoint(far, 5000, 0, IpAddress.v6(0xfd00L << 48, -1 - number), 1));
      shakeHands(tunnel, peer);
    }
    tunnel.loop.step(tunnel.clock.nowNs());
    return tunnel;
  }

  /** A current and a previous session in use, a handshake that waits, and all timers armed. */
  private static void shakeHands(BareTunnel tunnel, Peer peer) {
    long nowNs = tunnel.clock.nowNs();
    for (int i = 0; i < 2; i++) {
      Session session = session(tunnel, nowNs);
      tunnel.sessions.responded(peer, session);
      tunnel.sessions.dropLater(peer.confirm(session));
      session.accept(100_000, tunnel.state.limits);
    }
    tunnel.handshakes.initiate(peer, false, nowNs);
    peer.handshaking().initiationAccepted(new byte[Tai64n.SIZE], nowNs);
    peer.timers().sessionDerived(nowNs);
    peer.timers().dataReceived(nowNs);
    peer.timers().dataSent(nowNs, 0);
    if (peer.handshaking().pending() == null || peer.sessions().previous() == null) {
      throw new IllegalStateException(peer + " does not have all that it can have");
    }
  }

  private static Session session(BareTunnel tunnel, long nowNs) {
    return new Session(key(tunnel), key(tunnel), tunnel.sessions.freshIndex(), 1, false, nowNs);
  }

  private static TransportKey key(BareTunnel tunnel) {
    byte[] bytes = new byte[TransportKey.SIZE];
    tunnel.random.nextBytes(bytes);
    return TransportKey.of(bytes);
  }
}
