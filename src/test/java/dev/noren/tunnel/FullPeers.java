package dev.noren.tunnel;

import dev.noren.crypto.TransportKey;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.protocol.handshake.Tai64n;
import dev.noren.protocol.peer.Peer;
import dev.noren.protocol.session.Session;
import java.util.Random;

/**
 * Gives peers all that a peer can have, but staged packets, which have a pool of their own: a
 * current and a previous session in use, a handshake that waits, every timer armed, and an endpoint
 * with a source.
 */
final class FullPeers {
  private static final long NET = 0xfd00L << 48;

  private final TunnelState state;
  private final Sessions sessions;
  private final Handshakes handshakes;
  private final Random random;
  private int count;

  FullPeers(TunnelState state, Sessions sessions, Handshakes handshakes, Random random) {
    this.state = state;
    this.sessions = sessions;
    this.handshakes = handshakes;
    this.random = random;
  }

  /** On the handshake loop, or where there is none. */
  void fill(Peer peer) {
    long nowNs = state.clock.nowNs();
    count++;
    IpAddress source = IpAddress.v6(NET, -count);
    peer.endpoint(new Endpoint(IpAddress.v6(NET, count), 5000, 0, source, 1));
    peer.timers().setPersistentKeepalive(25, nowNs);
    for (int i = 0; i < 2; i++) {
      Session session = new Session(key(), key(), sessions.freshIndex(), 1, false, nowNs);
      sessions.responded(peer, session);
      sessions.dropLater(peer.confirm(session));
      session.accept(100_000, state.limits);
    }
    handshakes.initiate(peer, false, nowNs);
    peer.handshaking().initiationAccepted(new byte[Tai64n.SIZE], nowNs);
    peer.timers().sessionDerived(nowNs);
    peer.timers().dataReceived(nowNs);
    peer.timers().dataSent(nowNs, 0);
    if (peer.handshaking().pending() == null || peer.sessions().previous() == null) {
      throw new IllegalStateException(peer + " does not have all that it can have");
    }
  }

  private TransportKey key() {
    byte[] bytes = new byte[TransportKey.SIZE];
    random.nextBytes(bytes);
    return TransportKey.of(bytes);
  }
}
