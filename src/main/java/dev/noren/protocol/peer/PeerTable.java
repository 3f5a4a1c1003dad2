package dev.noren.protocol.peer;

import dev.noren.crypto.PublicKey;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** All peers of a tunnel by public key, in the order they were added; immutable. */
public final class PeerTable {
  /** No peers. */
  public static final PeerTable EMPTY = new PeerTable(Map.of());

  private final Map<PublicKey, Peer> peers;

  private PeerTable(Map<PublicKey, Peer> peers) {
    this.peers = peers;
  }

  /** The peer with this key, or null. */
  public Peer get(PublicKey key) {
    return peers.get(key);
  }

  /** All peers, oldest first. */
  public Collection<Peer> all() {
    return Collections.unmodifiableCollection(peers.values());
  }

  /** The next table in the making, as yet with these peers. */
  public Draft draft() {
    return new Draft(this);
  }

  public int size() {
    return peers.size();
  }

  /**
   * A table in the making. The map is copied when the first peer comes or goes, and not for changes
   * within a peer. It belongs to one thread.
   */
  public static final class Draft {
    private final PeerTable before;
    private Map<PublicKey, Peer> peers;

    private Draft(PeerTable before) {
      this.before = before;
    }

    /** The peer with this key, or null. */
    public Peer get(PublicKey key) {
      return peers == null ? before.get(key) : peers.get(key);
    }

    /** Adds a peer at the end. */
    public void add(Peer peer) {
      copy().put(peer.publicKey(), peer);
    }

    /** Takes a peer out. */
    public void remove(Peer peer) {
      copy().remove(peer.publicKey());
    }

    private Map<PublicKey, Peer> copy() {
      if (peers == null) {
        peers = new LinkedHashMap<>(before.peers);
      }
      return peers;
    }

    /** The table; the draft is not used any more. */
    public PeerTable finish() {
      return peers == null ? before : new PeerTable(peers);
    }
  }
}
