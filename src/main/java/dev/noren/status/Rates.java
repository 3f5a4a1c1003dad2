package dev.noren.status;

import dev.noren.status.RouterStatus.Line;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Tunnel;
import java.util.HashMap;
import java.util.Map;

/** Works out how much goes through lines and far ends, from two snapshots. */
public final class Rates {
  private Rates() {}

  /**
   * The later snapshot with its rates filled in. What was not there in the earlier one has none
   * yet; and where both are of the same moment, or of different runs, all rates are 0.
   */
  public static RouterStatus between(RouterStatus before, RouterStatus after) {
    long elapsedMs = after.uptimeMs() - before.uptimeMs();
    Map<Object, Traffic> known = elapsedMs > 0 ? traffic(before) : Map.of();
    return new RouterStatus(
        after.at(),
        after.since(),
        after.uptimeMs(),
        after.name(),
        after.config(),
        after.role(),
        after.claimed(),
        after.pending(),
        after.problems(),
        after.lines().stream().map(line -> filled(line, known, elapsedMs)).toList(),
        after.lan(),
        after.leases(),
        after.tunnels().stream().map(tunnel -> filled(tunnel, known, elapsedMs)).toList(),
        after.services(),
        after.rules(),
        after.routesToTell());
  }

  /**
   * What tells a far end from others.
   *
   * @param tunnel the tunnel's name
   * @param publicKey its key
   */
  private record PeerOf(Object tunnel, String publicKey) {}

  private static Map<Object, Traffic> traffic(RouterStatus status) {
    Map<Object, Traffic> traffic = new HashMap<>();
    status.lines().forEach(line -> traffic.put(line.device(), line.traffic()));
    for (Tunnel tunnel : status.tunnels()) {
      for (Peer peer : tunnel.peers()) {
        traffic.put(new PeerOf(tunnel.name(), peer.publicKey()), peer.traffic());
      }
    }
    return traffic;
  }

  private static Line filled(Line line, Map<Object, Traffic> known, long elapsedMs) {
    return new Line(
        line.number(),
        line.device(),
        line.method(),
        line.address(),
        line.gateway(),
        line.dns(),
        line.healthy(),
        line.since(),
        filled(line.traffic(), known.get(line.device()), elapsedMs));
  }

  private static Tunnel filled(Tunnel tunnel, Map<Object, Traffic> known, long elapsedMs) {
    return new Tunnel(
        tunnel.name(),
        tunnel.up(),
        tunnel.mode(),
        tunnel.killSwitch(),
        tunnel.promisedFor(),
        tunnel.mtuBytes(),
        tunnel.listenPort(),
        tunnel.addresses(),
        tunnel.peers().stream()
            .map(
                peer ->
                    filled(peer, known.get(new PeerOf(tunnel.name(), peer.publicKey())), elapsedMs))
            .toList());
  }

  private static Peer filled(Peer peer, Traffic before, long elapsedMs) {
    return new Peer(
        peer.name(),
        peer.publicKey(),
        peer.endpoint(),
        peer.handshakeAgeSeconds(),
        filled(peer.traffic(), before, elapsedMs),
        peer.keepaliveSeconds(),
        peer.allowedIps());
  }

  private static Traffic filled(Traffic now, Traffic before, long elapsedMs) {
    return before == null
        ? Traffic.total(now.receivedBytes(), now.sentBytes())
        : now.since(before, elapsedMs);
  }
}
