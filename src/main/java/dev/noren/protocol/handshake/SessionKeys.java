package dev.noren.protocol.handshake;

import dev.noren.crypto.Kdf;
import dev.noren.crypto.TransportKey;
import java.util.Arrays;

/**
 * What a finished handshake leaves behind (WP 5.4.5).
 *
 * @param send the key for packets to the peer
 * @param receive the key for packets from the peer
 * @param localIndex the index by which the peer calls this session
 * @param remoteIndex the index by which we call it in what we send
 */
public record SessionKeys(
    TransportKey send, TransportKey receive, int localIndex, int remoteIndex) {

  /** The initiator sends with the first key that comes out of the handshake. */
  static SessionKeys ofInitiator(SymmetricState state, int localIndex, int remoteIndex) {
    TransportKey[] keys = split(state);
    return new SessionKeys(keys[0], keys[1], localIndex, remoteIndex);
  }

  /** The responder receives with the first key that comes out of the handshake. */
  static SessionKeys ofResponder(SymmetricState state, int localIndex, int remoteIndex) {
    TransportKey[] keys = split(state);
    return new SessionKeys(keys[1], keys[0], localIndex, remoteIndex);
  }

  private static TransportKey[] split(SymmetricState state) {
    byte[] first = new byte[Kdf.SIZE];
    byte[] second = new byte[Kdf.SIZE];
    state.split(first, second);
    TransportKey[] keys = {TransportKey.of(first), TransportKey.of(second)};
    Arrays.fill(first, (byte) 0);
    Arrays.fill(second, (byte) 0);
    return keys;
  }
}
