package dev.noren.status;

import dev.noren.status.RouterStatus.Line;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Tunnel;
import dev.noren.status.TrafficSample.FarEnd;
import java.util.Map;

/** Works out how much goes through lines and far ends a second. */
public final class Rates {
  private static final TrafficSample NOTHING = new TrafficSample(0, Map.of(), Map.of());

  private Rates() {}

  /**
   * The snapshot with its rates filled in. What was not there before has none yet; and where both
   * are of the same moment, or of different runs, all rates are 0.
   */
  public static RouterStatus between(TrafficSample before, RouterStatus after) {
    long elapsedMs = after.uptimeMs() - before.uptimeMs();
    TrafficSample known = elapsedMs > 0 ? before : NOTHING;
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
        after.cable(),
        after.lines().stream().map(line -> filled(line, known, elapsedMs)).toList(),
        after.lan(),
        after.page(),
        after.leases(),
        after.tunnels().stream().map(tunnel -> filled(tunnel, known, elapsedMs)).toList(),
        after.services(),
        after.rules(),
        after.routesToTell(),
        after.condition());
  }

  private static Line filled(Line line, TrafficSample known, long elapsedMs) {
    return new Line(
        line.number(),
        line.device(),
        line.method(),
        line.address(),
        line.gateway(),
        line.dns(),
        line.cable(),
        line.healthy(),
        line.since(),
        filled(line.traffic(), known.lines().get(line.device()), elapsedMs));
  }

  private static Tunnel filled(Tunnel tunnel, TrafficSample known, long elapsedMs) {
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
                    filled(
                        peer,
                        known.farEnds().get(new FarEnd(tunnel.name().text(), peer.publicKey())),
                        elapsedMs))
            .toList(),
        tunnel.reached());
  }

  private static Peer filled(Peer peer, Traffic before, long elapsedMs) {
    return new Peer(
        peer.name(),
        peer.publicKey(),
        peer.endpoint(),
        peer.callsIn(),
        peer.handshakeAgeSeconds(),
        peer.dataAgeSeconds(),
        peer.unansweredSeconds(),
        filled(peer.traffic(), before, elapsedMs),
        peer.keepaliveSeconds(),
        peer.allowedIps(),
        peer.origin());
  }

  private static Traffic filled(Traffic now, Traffic before, long elapsedMs) {
    return before == null
        ? Traffic.total(now.receivedBytes(), now.sentBytes())
        : now.since(before, elapsedMs);
  }
}
