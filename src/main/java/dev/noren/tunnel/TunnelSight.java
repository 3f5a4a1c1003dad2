package dev.noren.tunnel;

import dev.noren.crypto.PublicKey;
import dev.noren.protocol.peer.Note.Noted;
import dev.noren.protocol.peer.Peer;
import dev.noren.protocol.peer.Troubles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What goes wrong in a tunnel, for who is asked why it does not work.
 *
 * @param publicKey our key, or null
 * @param peers all peers
 * @param unknownKeys initiations of keys that are not configured
 * @param unknownHash the beginning of the hash of one of those keys, or null
 * @param otherKeys handshake messages that were made for another public key
 * @param noWireGuard datagrams that are no messages of WireGuard's
 */
public record TunnelSight(
    PublicKey publicKey,
    List<PeerSight> peers,
    Noted unknownKeys,
    String unknownHash,
    Noted otherKeys,
    Noted noWireGuard) {
  /**
   * One peer.
   *
   * @param badResponses responses that are made for our key and do not open
   * @param oldCalls genuine initiations of a clock that went back
   * @param backNs by how much it did, nanoseconds
   * @param answered initiations that were answered and led to nothing, but for the first
   * @param foreign packets with an inner source that is not the peer's, and one such source
   * @param dataSentBytes what was sent to it, but for keepalives and what waited for a handshake
   * @param dataAgeNs how long ago a packet that is no keepalive last came from it, nanoseconds; -1
   *     for never
   */
  public record PeerSight(
      PublicKey publicKey,
      Noted badResponses,
      Noted oldCalls,
      long backNs,
      Noted answered,
      Noted foreign,
      long dataSentBytes,
      long dataAgeNs) {}

  static TunnelSight of(PublicKey own, Collection<Peer> peers, Strangers strangers, long nowNs) {
    List<PeerSight> sights = new ArrayList<>();
    for (Peer peer : peers) {
      Troubles troubles = peer.troubles();
      sights.add(
          new PeerSight(
              peer.publicKey(),
              troubles == null ? Noted.NEVER : troubles.badResponses().now(nowNs),
              troubles == null ? Noted.NEVER : troubles.oldCalls().now(nowNs),
              troubles == null ? 0 : troubles.backNs(),
              troubles == null ? Noted.NEVER : troubles.answered().now(nowNs),
              troubles == null ? Noted.NEVER : troubles.foreign().now(nowNs),
              peer.traffic().dataSentBytes(),
              peer.traffic().dataAgeNs(nowNs)));
    }
    return new TunnelSight(
        own,
        sights,
        strangers.unknownKeys().now(nowNs),
        strangers.unknownHash(),
        strangers.otherKeys().now(nowNs),
        strangers.noWireGuard().now(nowNs));
  }
}
