package dev.noren.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.crypto.PrivateKey;
import dev.noren.protocol.peer.Peer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the handshake loop has to wake up for: nothing, for peers that are idle. */
class IdlePeersTest {
  private static final long NEVER = Long.MAX_VALUE;

  private final BareTunnel tunnel = new BareTunnel();

  private long step() {
    return tunnel.loop.step(tunnel.clock.nowNs());
  }

  @Test
  void tenThousandIdlePeersHaveNoTimer() {
    tunnel.apply(BareTunnel.peers(0, 10_000, 1, false));
    assertEquals(NEVER, step());
    tunnel.clock.forward(TimeUnit.DAYS.toNanos(1));
    assertEquals(NEVER, step());
  }

  @Test
  void amongThemOnlyThoseWithAKeepaliveAreLookedAt() {
    tunnel.apply(BareTunnel.peers(0, 10_000, 1, false));
    Peer one = tunnel.state.peers.get(BareTunnel.key(4321));
    one.timers().setPersistentKeepalive(25, tunnel.clock.nowNs());
    for (int i = 0; i < 4; i++) {
      assertEquals(tunnel.clock.nowNs() + TimeUnit.SECONDS.toNanos(25), step());
      tunnel.clock.forward(TimeUnit.SECONDS.toNanos(25));
    }
    one.timers().setPersistentKeepalive(0, tunnel.clock.nowNs());
    assertEquals(NEVER, step());
  }

  /** Nobody answers any more: handshakes are tried, given up, and in the end the keys go. */
  @Test
  void aPeerIsIdleAgainOnceItsKeysAreGone() {
    tunnel.configurator.apply(
        new TunnelChange(
            PrivateKey.generate(tunnel.random),
            false,
            null,
            null,
            true,
            BareTunnel.peers(0, 20, 1, false)),
        tunnel.clock.nowNs());
    FullPeers full = new FullPeers(tunnel.state, tunnel.sessions, tunnel.handshakes, tunnel.random);
    for (Peer peer : tunnel.state.peers.all()) {
      full.fill(peer);
      peer.timers().setPersistentKeepalive(0, tunnel.clock.nowNs());
    }
    assertEquals(60, tunnel.state.indices.size());
    long startNs = tunnel.clock.nowNs();
    long nextNs = step();
    assertNotEquals(NEVER, nextNs);
    for (int looks = 0; nextNs != NEVER && looks < 10_000; looks++) {
      tunnel.clock.forward(nextNs - tunnel.clock.nowNs());
      nextNs = step();
    }
    assertEquals(NEVER, nextNs);
    assertEquals(0, tunnel.state.indices.size());
    long elapsedNs = tunnel.clock.nowNs() - startNs;
    assertTrue(elapsedNs <= 2 * tunnel.state.limits.wipeAfterNs(), elapsedNs + " ns");
    assertEquals(List.of(), tunnel.state.peers.all().stream().filter(this::hasKeys).toList());
  }

  private boolean hasKeys(Peer peer) {
    return !peer.sessions().sessions().isEmpty() || peer.handshaking().pending() != null;
  }
}
