package dev.noren.tunnel;

import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.protocol.cookie.MacChecker;
import dev.noren.protocol.handshake.LocalIdentity;
import dev.noren.protocol.peer.AllowedIps;
import dev.noren.protocol.peer.Peer;
import dev.noren.protocol.peer.PeerTable;
import dev.noren.protocol.peer.StagedPool;
import dev.noren.tunnel.TunnelChange.AllowedIpChange;
import dev.noren.tunnel.TunnelChange.PeerChange;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Applies changes to keys, peers and prefixes. It runs on the handshake loop; readers see each
 * table before or after a change, never in between.
 */
final class Configurator {
  private final TunnelState state;
  private final HandshakeLoop loop;
  private final Requests requests;
  private final StagedPool pool;

  Configurator(TunnelState state, HandshakeLoop loop, Requests requests, StagedPool pool) {
    this.state = state;
    this.loop = loop;
    this.requests = requests;
    this.pool = pool;
  }

  /** Applies keys and peers; cannot fail. The port and the mark are the caller's. */
  void apply(TunnelChange change, long nowNs) {
    if (change.clearPrivateKey()) {
      changeIdentity(null);
    } else if (change.privateKey() != null) {
      changeIdentity(change.privateKey());
    }
    if (change.replacePeers()) {
      List.copyOf(state.peers.all()).forEach(this::stop);
      state.allowedIps = AllowedIps.empty();
      state.peers = PeerTable.EMPTY;
    }
    if (!change.peers().isEmpty()) {
      applyPeers(change.peers(), nowNs);
    }
  }

  private void changeIdentity(PrivateKey key) {
    TunnelState.Identity before = state.identity;
    if (before != null && key != null && before.local().publicKey().equals(key.publicKey())) {
      return;
    }
    if (before == null && key == null) {
      return;
    }
    LocalIdentity local = key == null ? null : LocalIdentity.of(key);
    state.identity =
        local == null
            ? null
            : new TunnelState.Identity(local, new MacChecker(local.publicKey(), state.limits));
    for (Peer peer : List.copyOf(state.peers.all())) {
      if (local != null && peer.publicKey().equals(local.publicKey())) {
        remove(peer);
        continue;
      }
      loop.keyChanged(peer);
    }
  }

  private void applyPeers(List<PeerChange> changes, long nowNs) {
    PeerTable.Draft peers = state.peers.draft();
    Assignment prefixes = new Assignment(state.allowedIps);
    for (PeerChange change : changes) {
      Peer peer = peers.get(change.publicKey());
      if (change.remove()) {
        if (peer != null) {
          peers.remove(peer);
          prefixes.takeAll(peer);
          state.allowedIps = prefixes.table();
          stop(peer);
        }
        continue;
      }
      boolean isNew = peer == null;
      if (isNew && (change.updateOnly() || isOurs(change.publicKey()))) {
        continue;
      }
      if (isNew) {
        peer = newPeer(change.publicKey());
        peers.add(peer);
      }
      if (change.presharedKey() != null) {
        peer.presharedKey(change.presharedKey());
      }
      if (change.endpoint() != null) {
        peer.endpoint(change.endpoint());
      }
      assign(change, peer, prefixes);
      keepalive(change, peer, nowNs);
      if (isNew && state.udp != null) {
        loop.start(peer, nowNs);
      }
    }
    state.allowedIps = prefixes.table();
    state.peers = peers.finish();
    prefixes.publish();
    for (PeerChange change : changes) {
      Peer peer = state.peers.get(change.publicKey());
      if (peer != null) {
        requests.ask(peer, Requests.FLUSH);
      }
    }
  }

  private static void assign(PeerChange change, Peer peer, Assignment prefixes) {
    if (change.replaceAllowedIps()) {
      prefixes.takeAll(peer);
    }
    for (AllowedIpChange prefix : change.allowedIps()) {
      if (prefix.remove()) {
        prefixes.take(prefix.prefix(), peer);
      } else {
        prefixes.give(prefix.prefix(), peer);
      }
    }
  }

  private void keepalive(PeerChange change, Peer peer, long nowNs) {
    Integer seconds = change.persistentKeepaliveSeconds();
    if (seconds != null && seconds != peer.timers().persistentKeepaliveSeconds()) {
      peer.timers().setPersistentKeepalive(seconds, nowNs);
    }
  }

  private boolean isOurs(PublicKey key) {
    TunnelState.Identity me = state.identity;
    return me != null && me.local().publicKey().equals(key);
  }

  private Peer newPeer(PublicKey key) {
    // No array, with which Java can't keep a lambda in its archive of classes.
    AtomicReference<Peer> self = new AtomicReference<>();
    self.set(new Peer(key, state.limits, pool, () -> requests.ask(self.get(), Requests.TIMER)));
    return self.get();
  }

  private void remove(Peer peer) {
    PeerTable.Draft peers = state.peers.draft();
    peers.remove(peer);
    Assignment prefixes = new Assignment(state.allowedIps);
    prefixes.takeAll(peer);
    state.allowedIps = prefixes.table();
    state.peers = peers.finish();
    prefixes.publish();
    stop(peer);
  }

  private void stop(Peer peer) {
    peer.markRemoved();
    loop.stop(peer);
    peer.handshaking().wipe();
  }
}
