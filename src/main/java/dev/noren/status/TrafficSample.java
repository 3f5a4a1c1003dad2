package dev.noren.status;

import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Tunnel;
import java.util.HashMap;
import java.util.Map;

/**
 * What lines and far ends had carried at one moment.
 *
 * @param uptimeMs how long the router had been running then, milliseconds
 * @param lines by their devices
 * @param farEnds each by its tunnel and key
 */
public record TrafficSample(
    long uptimeMs, Map<String, Traffic> lines, Map<FarEnd, Traffic> farEnds) {
  /**
   * What tells a far end from others.
   *
   * @param tunnel the tunnel's name
   * @param publicKey its key
   */
  public record FarEnd(String tunnel, String publicKey) {}

  public TrafficSample {
    lines = Map.copyOf(lines);
    farEnds = Map.copyOf(farEnds);
  }

  /** What a snapshot says of it. */
  public static TrafficSample of(RouterStatus status) {
    Map<String, Traffic> lines = new HashMap<>();
    status.lines().forEach(line -> lines.put(line.device(), line.traffic()));
    Map<FarEnd, Traffic> farEnds = new HashMap<>();
    for (Tunnel tunnel : status.tunnels()) {
      for (Peer peer : tunnel.peers()) {
        farEnds.put(new FarEnd(tunnel.name().text(), peer.publicKey()), peer.traffic());
      }
    }
    return new TrafficSample(status.uptimeMs(), lines, farEnds);
  }
}
