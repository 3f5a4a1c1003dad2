package dev.noren.router;

import dev.noren.doctor.Diagnosis;
import dev.noren.metrics.Measured;
import dev.noren.metrics.Measured.Found;
import dev.noren.metrics.RouterMetrics;
import dev.noren.status.Echoes;
import dev.noren.status.RouterStatus;
import dev.noren.tunnel.Drop;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Puts together what the metrics are made of. For the router's thread. */
final class Metering {
  private static final long SECOND_NS = 1_000_000_000;

  private final Supplier<RouterStatus> status;
  private final RouterTunnels tunnels;
  private final Supplier<Diagnosis> known;
  private final Supplier<List<Echoes>> echoes;
  private final MachineGauges machine;

  /**
   * Where it looks.
   *
   * @param known says what is wrong, by what is known without asking anybody
   * @param echoes how far ends answer, which asks them too
   */
  Metering(
      Supplier<RouterStatus> status,
      RouterTunnels tunnels,
      Supplier<Diagnosis> known,
      Supplier<List<Echoes>> echoes,
      MachineGauges machine) {
    this.status = status;
    this.tunnels = tunnels;
    this.known = known;
    this.echoes = echoes;
    this.machine = machine;
  }

  /** The metrics as Prometheus reads them. */
  String text() {
    RouterStatus now = status.get();
    return RouterMetrics.text(
        new Measured(
            now,
            now.condition().health(),
            tunnels.ofFarEnds(peer -> peer.lastHandshakeUnixNs() / SECOND_NS),
            drops(),
            findings(known.get()),
            echoes.get(),
            machine.read(),
            Objects.requireNonNullElse(
                Metering.class.getPackage().getImplementationVersion(), "unknown")));
  }

  private Map<String, Map<String, Long>> drops() {
    Map<String, Map<String, Long>> drops = new LinkedHashMap<>();
    tunnels.drops().forEach((name, counts) -> drops.put(name, byKey(counts)));
    return drops;
  }

  private static Map<String, Long> byKey(Map<Drop, Long> counts) {
    Map<String, Long> byKey = new HashMap<>();
    counts.forEach((cause, count) -> byKey.put(cause.key(), count));
    return byKey;
  }

  private static List<Found> findings(Diagnosis known) {
    return Stream.concat(Stream.ofNullable(known.finding()), known.also().stream())
        .map(
            each ->
                new Found(each.number(), each.key(), each.fault(), each.tunnel(), each.farEnd()))
        .toList();
  }
}
