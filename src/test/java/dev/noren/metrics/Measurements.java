package dev.noren.metrics;

import dev.noren.config.TunnelName;
import dev.noren.metrics.Machine.Heap;
import dev.noren.metrics.Machine.Zone;
import dev.noren.metrics.Measured.Found;
import dev.noren.net.Cidr;
import dev.noren.status.Health;
import dev.noren.status.RouterStatus;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Tunnel;
import dev.noren.status.Statuses;
import dev.noren.status.Traffic;
import dev.noren.status.TrafficSample.FarEnd;
import java.util.List;
import java.util.Map;

/** What was measured, for tests. */
public final class Measurements {
  /** One with something in every field. */
  public static final Measured FULL = of(Statuses.FULL);

  private Measurements() {}

  private static Measured of(RouterStatus status) {
    String key = status.tunnels().getFirst().peers().getFirst().publicKey();
    return new Measured(
        status,
        Health.DEGRADED,
        Map.of(new FarEnd("hq", key), 1_791_187_188L),
        Map.of("hq", Map.of("replayed", 3L, "no_peer", 0L)),
        List.of(
            new Found("6-4", "loss", true, "hq", "本社 office"),
            new Found("2-5", "double-nat", false, null, null)),
        Statuses.ECHOES,
        new Machine(
            Map.of("0", Map.of("user", 1.5, "idle", 9.25)),
            Map.of("MemTotal", 1_000_000L, "MemAvailable", 600_000L),
            0.25,
            List.of(new Zone(0, "cpu-thermal", 48.312)),
            12.9,
            65_536L,
            new Heap(7_000_000, 9_000_000, 32_000_000)),
        "0.1.0");
  }

  /** The same, with one far end of another name. */
  public static Measured withFarEndCalled(String name) {
    Tunnel tunnel = Statuses.FULL.tunnels().getFirst();
    Peer peer = tunnel.peers().getFirst();
    return of(
        Statuses.with(
            Statuses.FULL,
            List.of(),
            List.of(
                new Tunnel(
                    new TunnelName("hq"),
                    true,
                    tunnel.mode(),
                    tunnel.killSwitch(),
                    tunnel.promisedFor(),
                    tunnel.mtuBytes(),
                    tunnel.listenPort(),
                    tunnel.addresses(),
                    List.of(
                        new Peer(
                            name,
                            peer.publicKey(),
                            peer.endpoint(),
                            false,
                            12L,
                            3L,
                            0,
                            Traffic.total(100, 50),
                            25,
                            List.of(Cidr.parse("10.70.0.2/32"), Cidr.parse("fd00::2/128")),
                            peer.origin())),
                    null))));
  }
}
