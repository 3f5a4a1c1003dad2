package dev.noren.router;

import dev.noren.doctor.Load;
import dev.noren.doctor.Load.Delay;
import dev.noren.doctor.Load.LineLoad;
import dev.noren.history.Usual;
import dev.noren.status.Carried.Way;
import dev.noren.status.RouterStatus;
import dev.noren.status.RouterStatus.Line;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Tunnel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** How busy the box and its line are, against what is usual. For the router's thread. */
final class LoadWatch {
  private final ProcessorWatch processors;
  private final Function<Way, Usual> usual;
  private final Supplier<Map<PeerName, Long>> lately;

  /**
   * Where it looks.
   *
   * @param usual what is usual of a line or tunnel, or null
   * @param lately how long far ends take to answer now, microseconds
   */
  LoadWatch(
      ProcessorWatch processors, Function<Way, Usual> usual, Supplier<Map<PeerName, Long>> lately) {
    this.processors = processors;
    this.usual = usual;
    this.lately = lately;
  }

  /** To be called every few seconds. */
  void look(long nowNs) {
    processors.look(nowNs);
  }

  /** How busy they are now. */
  Load of(RouterStatus status) {
    return new Load(processors.lately(), line(status), delays(status));
  }

  private LineLoad line(RouterStatus status) {
    Line line = status.lines().stream().filter(Line::healthy).findFirst().orElse(null);
    Usual known = line == null ? null : usual.apply(Way.line(line.device()));
    return known == null
        ? null
        : new LineLoad(
            line.device(),
            line.traffic().receivedPerSecond(),
            line.traffic().sentPerSecond(),
            known.mostReceived(),
            known.mostSent());
  }

  private List<Delay> delays(RouterStatus status) {
    Map<PeerName, Long> now = lately.get();
    List<Delay> delays = new ArrayList<>();
    for (Tunnel tunnel : status.tunnels()) {
      String name = tunnel.name().text();
      Usual known = usual.apply(Way.tunnel(name));
      Long before = known == null || known.microseconds() < 0 ? null : (Long) known.microseconds();
      for (Peer peer : tunnel.peers()) {
        Long microseconds = now.get(new PeerName(name, peer.publicKey()));
        if (microseconds != null || before != null) {
          delays.add(new Delay(name, peer.publicKey(), microseconds, before));
        }
      }
    }
    return delays;
  }
}
