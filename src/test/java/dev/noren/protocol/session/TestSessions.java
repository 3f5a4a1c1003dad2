package dev.noren.protocol.session;

import dev.noren.crypto.TransportKey;
import java.util.Arrays;

/** Sessions with keys of no importance. */
final class TestSessions {
  private TestSessions() {}

  static Session session(int localIndex) {
    return session(localIndex, true, 0);
  }

  static Session session(int localIndex, boolean initiator, long createdNs) {
    return new Session(key(1), key(2), localIndex, -localIndex, initiator, createdNs);
  }

  private static TransportKey key(int fill) {
    byte[] bytes = new byte[TransportKey.SIZE];
    Arrays.fill(bytes, (byte) fill);
    return TransportKey.of(bytes);
  }
}
