package dev.noren.router;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.noren.tunnel.TunnelSight;
import dev.noren.tunnel.TunnelSight.PeerSight;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * For how long data has gone to far ends while none came back. For one thread, which looks often.
 */
final class OneWays {
  private final Map<PeerName, OneWay> oneWays = new HashMap<>();

  /**
   * Looks at the counters.
   *
   * @param sights what is seen of each tunnel, by its name
   * @param nowNs a clock that never jumps
   */
  void look(Map<String, TunnelSight> sights, long nowNs) {
    Set<PeerName> there = new HashSet<>();
    sights.forEach(
        (tunnel, sight) -> {
          for (PeerSight peer : sight.peers()) {
            PeerName name = new PeerName(tunnel, peer.publicKey().toString());
            there.add(name);
            oneWays
                .computeIfAbsent(name, any -> new OneWay())
                .look(peer.dataSentBytes(), peer.dataAgeNs(), nowNs);
          }
        });
    oneWays.keySet().retainAll(there);
  }

  /** For how long it has been so of this one; 0 while it is not. */
  long seconds(PeerName name) {
    OneWay oneWay = oneWays.get(name);
    return oneWay == null ? 0 : NANOSECONDS.toSeconds(oneWay.ns());
  }
}
