package dev.noren.tunnel;

import dev.noren.crypto.PublicKey;
import dev.noren.protocol.Limits;
import dev.noren.protocol.peer.Peer;
import dev.noren.tunnel.TunnelChange.AllowedIpChange;
import dev.noren.tunnel.TunnelChange.PeerChange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Works out how many peers and prefixes there will be after a change, before anything of it is
 * done: a heap that is full would end the process. What a change names twice counts twice, and
 * prefixes taken from a peer one by one make no room for others of the same change.
 */
final class Room {
  private final TunnelChange change;
  private final TunnelState state;

  /** Which of the peers named so far would be there. */
  private final Map<PublicKey, Boolean> named = new HashMap<>();

  /** Who would lose all its prefixes. */
  private final Set<Peer> emptied = new HashSet<>();

  private long peers;
  private long prefixes;

  private Room(TunnelChange change, TunnelState state) {
    this.change = change;
    this.state = state;
    if (!change.replacePeers()) {
      peers = state.peers.size();
      prefixes = state.allowedIps.size();
    }
  }

  /**
   * Lets a change pass, unless it brings more than there is room for.
   *
   * @throws NoRoomException with the numbers
   */
  static void check(TunnelChange change, TunnelState state) throws NoRoomException {
    Room room = new Room(change, state);
    change.peers().forEach(room::countPeer);
    change.peers().forEach(room::countPrefixes);
    long before = Limits.tableBytes(state.peers.size(), state.allowedIps.size());
    long after = Limits.tableBytes(room.peers, room.prefixes);
    if (after > state.limits.tableBytes() && after > before) {
      throw new NoRoomException(room.peers, room.prefixes);
    }
  }

  private Peer present(PeerChange peer) {
    return change.replacePeers() ? null : state.peers.get(peer.publicKey());
  }

  private void countPeer(PeerChange next) {
    Peer present = present(next);
    boolean there = named.getOrDefault(next.publicKey(), present != null);
    boolean stays = !next.remove() && (there || !next.updateOnly());
    named.put(next.publicKey(), stays);
    peers += (stays ? 1 : 0) - (there ? 1 : 0);
    boolean loses = next.remove() || next.replaceAllowedIps();
    if (present != null && loses && emptied.add(present)) {
      prefixes -= present.allowedIps().size();
    }
  }

  private void countPrefixes(PeerChange next) {
    if (!named.get(next.publicKey())) {
      return;
    }
    for (AllowedIpChange prefix : next.allowedIps()) {
      Peer owner = change.replacePeers() ? null : state.allowedIps.owner(prefix.prefix());
      if (!prefix.remove() && (owner == null || emptied.contains(owner))) {
        prefixes++;
      }
    }
  }
}
