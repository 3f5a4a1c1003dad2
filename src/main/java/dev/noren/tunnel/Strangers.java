package dev.noren.tunnel;

import dev.noren.crypto.Blake2s;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Datagram;
import dev.noren.net.IpAddress;
import dev.noren.protocol.peer.Note;
import java.util.HexFormat;

/**
 * What comes to a tunnel's port from nobody that it knows: counted, with when and, now and then,
 * from where. Anybody can send it, so it is never acted upon, and gets no answer.
 */
final class Strangers {
  private static final int HASH_SHOWN = 4;

  private final Note unknownKeys = new Note();
  private final Note otherKeys = new Note();
  private final Note noWireGuard = new Note();
  private volatile String unknownHash;

  /**
   * After an initiation of a key that is not configured. The key itself is not kept, as anybody can
   * claim any.
   */
  void unknownKey(PublicKey claimed, IpAddress from, long nowNs) {
    unknownKeys.happened(nowNs);
    if (unknownKeys.wantsSource(nowNs)) {
      byte[] hash = new byte[Blake2s.HASH_SIZE];
      Blake2s.hash(hash, claimed.bytes());
      unknownHash = HexFormat.of().formatHex(hash, 0, HASH_SHOWN);
      unknownKeys.source(from, nowNs);
    }
  }

  /** After a handshake message that was made for another public key. By the handshake loop. */
  void otherKey(IpAddress from, long nowNs) {
    otherKeys.happened(nowNs);
    if (otherKeys.wantsSource(nowNs)) {
      otherKeys.source(from, nowNs);
    }
  }

  /** After a datagram that is no message of WireGuard's. By the inbound loop. */
  void noWireGuard(Datagram received, long nowNs) {
    noWireGuard.happened(nowNs);
    if (noWireGuard.wantsSource(nowNs)) {
      noWireGuard.source(received.sender(), nowNs);
    }
  }

  Note unknownKeys() {
    return unknownKeys;
  }

  /** The beginning of the hash (BLAKE2s) of one of those keys, hexadecimal, or null. */
  String unknownHash() {
    return unknownHash;
  }

  Note otherKeys() {
    return otherKeys;
  }

  Note noWireGuard() {
    return noWireGuard;
  }
}
