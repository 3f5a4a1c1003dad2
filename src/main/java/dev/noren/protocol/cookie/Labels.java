package dev.noren.protocol.cookie;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.noren.crypto.Blake2s;
import dev.noren.crypto.PublicKey;

/** The keys that are hashes of a label and a public key, so anyone who knows it has them. */
final class Labels {
  private static final byte[] MAC1 = "mac1----".getBytes(US_ASCII);
  private static final byte[] COOKIE = "cookie--".getBytes(US_ASCII);

  private Labels() {}

  /** The key of mac1 in messages to {@code recipient} (WP 5.4.4). */
  static byte[] mac1Key(PublicKey recipient) {
    return hash(MAC1, recipient);
  }

  /** The key of cookie replies from {@code sender} (WP 5.4.7). */
  static byte[] cookieKey(PublicKey sender) {
    return hash(COOKIE, sender);
  }

  private static byte[] hash(byte[] label, PublicKey key) {
    byte[] out = new byte[Blake2s.HASH_SIZE];
    Blake2s.hash(out, label, key.bytes());
    return out;
  }
}
