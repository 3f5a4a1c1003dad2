package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.noren.doctor.Load;
import dev.noren.doctor.Load.Delay;
import dev.noren.doctor.Load.LineLoad;
import dev.noren.history.Usual;
import dev.noren.metrics.Machine;
import dev.noren.status.Carried.Way;
import dev.noren.status.RouterStatus;
import dev.noren.status.RouterStatus.Line;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Tunnel;
import dev.noren.status.Statuses;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadWatchTest {
  private static final RouterStatus STATUS = Statuses.FULL;
  private static final Line LINE =
      STATUS.lines().stream().filter(Line::healthy).findFirst().orElseThrow();
  private static final Tunnel TUNNEL = STATUS.tunnels().getFirst();
  private static final Peer PEER = TUNNEL.peers().getFirst();

  private final Map<Way, Usual> usual = new HashMap<>();
  private final Map<PeerName, Long> lately = new HashMap<>();
  private final LoadWatch watch =
      new LoadWatch(
          new ProcessorWatch(
              () -> Machine.of("", "", "", List.of(), "", "", new Machine.Heap(0, 0, 0))),
          usual::get,
          () -> lately);

  @Test
  void whereNothingWasKeptNothingIsKnown() {
    watch.look(0);
    assertEquals(Load.UNKNOWN, watch.of(STATUS));
  }

  @Test
  void theLineInUseIsComparedWithItsOwnHistory() {
    usual.put(Way.line(LINE.device()), new Usual(6_000_000, 1_500_000, -1));
    assertEquals(
        new LineLoad(
            LINE.device(),
            LINE.traffic().receivedPerSecond(),
            LINE.traffic().sentPerSecond(),
            6_000_000,
            1_500_000),
        watch.of(STATUS).line());
  }

  @Test
  void aFarEndIsComparedWithItsTunnels() {
    String tunnel = TUNNEL.name().text();
    usual.put(Way.tunnel(tunnel), new Usual(1, 1, 9_000));
    lately.put(new PeerName(tunnel, PEER.publicKey()), 12_000L);
    assertEquals(
        new Delay(tunnel, PEER.publicKey(), 12_000L, 9_000L), watch.of(STATUS).delays().getFirst());
  }

  @Test
  void whoWasNeverAskedHasNothingUsual() {
    String tunnel = TUNNEL.name().text();
    usual.put(Way.tunnel(tunnel), new Usual(1, 1, -1));
    assertEquals(List.of(), watch.of(STATUS).delays());
    lately.put(new PeerName(tunnel, PEER.publicKey()), 12_000L);
    assertNull(watch.of(STATUS).delays().getFirst().usualMicroseconds());
  }
}
