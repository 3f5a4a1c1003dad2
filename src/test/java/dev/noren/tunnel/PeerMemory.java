package dev.noren.tunnel;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.protocol.peer.Peer;
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

  /** Peers that have all that a peer can have. */
  private static BareTunnel busyCrowd() {
    BareTunnel tunnel = crowd(0, false);
    PrivateKey own = PrivateKey.generate(tunnel.random);
    tunnel.configurator.apply(
        new TunnelChange(own, false, null, null, false, List.of()), tunnel.clock.nowNs());
    FullPeers full = new FullPeers(tunnel.state, tunnel.sessions, tunnel.handshakes, tunnel.random);
    for (Peer peer : tunnel.state.peers.all()) {
      peer.presharedKey(PresharedKey.generate(tunnel.random));
      full.fill(peer);
    }
    tunnel.loop.step(tunnel.clock.nowNs());
    return tunnel;
  }
}
