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

  /** A table of these peers, which the caller changes no more. */
  public static PeerTable of(Map<PublicKey, Peer> peers) {
    return new PeerTable(Collections.unmodifiableMap(peers));
  }

  /** The peer with this key, or null. */
  public Peer get(PublicKey key) {
    return peers.get(key);
  }

  /** All peers, oldest first. */
  public Collection<Peer> all() {
    return peers.values();
  }

  /** A copy to change and make the next table of. */
  public Map<PublicKey, Peer> copy() {
    return new LinkedHashMap<>(peers);
  }

  public int size() {
    return peers.size();
  }
}
