package dev.noren.protocol.handshake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.noren.crypto.Blake2s;
import dev.noren.crypto.HandshakeAead;
import dev.noren.crypto.Kdf;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import java.util.Arrays;

/**
 * What both sides mix everything into (WP 5.4.1): the chaining key, from which all keys come, the
 * hash of all that was said, and the key of the next sealed field. A method that answers false has
 * spoilt nothing but must end the handshake; work on a {@link #copy()} where it has to go on.
 */
final class SymmetricState {
  private static final byte[] CONSTRUCTION_HASH =
      hash("Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s".getBytes(US_ASCII));
  private static final byte[] IDENTIFIER_HASH =
      hash(CONSTRUCTION_HASH, "WireGuard v1 zx2c4 Jason@zx2c4.com".getBytes(US_ASCII));

  private final byte[] chainingKey;
  private final byte[] hash;

  /** The key of the next sealed field; null while there is none, as a handshake may wait long. */
  private byte[] key;

  private SymmetricState(byte[] chainingKey, byte[] hash) {
    this.chainingKey = chainingKey;
    this.hash = hash;
  }

  /** The state before the first message to {@code responder}. */
  static SymmetricState towards(PublicKey responder) {
    byte[] hash = hash(IDENTIFIER_HASH, responder.bytes());
    return new SymmetricState(CONSTRUCTION_HASH.clone(), hash);
  }

  private static byte[] hash(byte[]... parts) {
    byte[] out = new byte[Blake2s.HASH_SIZE];
    Blake2s.hash(out, parts);
    return out;
  }

  SymmetricState copy() {
    SymmetricState copy = new SymmetricState(chainingKey.clone(), hash.clone());
    copy.key = key == null ? null : key.clone();
    return copy;
  }

  /** An unencrypted ephemeral public key, ours or theirs. */
  void mixEphemeral(PublicKey ephemeral) {
    byte[] bytes = ephemeral.bytes();
    Kdf.kdf1(chainingKey, bytes, chainingKey);
    mixHash(bytes);
  }

  /** A Diffie-Hellman result, after which nothing is sealed yet; false when it is zero. */
  boolean mixShared(PrivateKey ours, PublicKey theirs) {
    byte[] shared = new byte[PublicKey.SIZE];
    boolean valid = ours.sharedSecret(theirs, shared);
    if (valid) {
      Kdf.kdf1(chainingKey, shared, chainingKey);
      Arrays.fill(shared, (byte) 0);
    }
    return valid;
  }

  /** A Diffie-Hellman result, and the key that seals the next field; false when it is zero. */
  boolean mixSharedForKey(PrivateKey ours, PublicKey theirs) {
    byte[] shared = new byte[PublicKey.SIZE];
    boolean valid = ours.sharedSecret(theirs, shared);
    if (valid) {
      mixForKey(shared);
      Arrays.fill(shared, (byte) 0);
    }
    return valid;
  }

  /**
   * A Diffie-Hellman result that was computed beforehand, and the key that seals the next field.
   */
  void mixForKey(byte[] shared) {
    byte[] next = freshKey();
    Kdf.kdf2(chainingKey, shared, chainingKey, next);
  }

  /** The pre-shared key or its zeros; false when it was wiped. */
  boolean mixPresharedForKey(PresharedKey psk) {
    byte[] bytes = new byte[PresharedKey.SIZE];
    if (!psk.copyTo(bytes)) {
      return false;
    }
    byte[] temporary = new byte[Kdf.SIZE];
    byte[] next = freshKey();
    Kdf.kdf3(chainingKey, bytes, chainingKey, temporary, next);
    mixHash(temporary);
    Arrays.fill(bytes, (byte) 0);
    Arrays.fill(temporary, (byte) 0);
    return true;
  }

  /** Writes {@code plain} sealed, 16 bytes longer, and mixes what it wrote. */
  void seal(byte[] plain, byte[] out, int offset) {
    HandshakeAead.seal(key, plain, 0, plain.length, hash, out, offset);
    mixHash(Arrays.copyOfRange(out, offset, offset + plain.length + HandshakeAead.TAG_SIZE));
  }

  /** The field's plaintext, 16 bytes shorter, and the field is mixed; null when it is forged. */
  byte[] openOrNull(byte[] in, int offset, int length) {
    byte[] plain = new byte[length - HandshakeAead.TAG_SIZE];
    if (!HandshakeAead.open(key, in, offset, length, hash, plain, 0)) {
      return null;
    }
    mixHash(Arrays.copyOfRange(in, offset, offset + length));
    return plain;
  }

  /** The two keys of the session: the initiator sends with the first. */
  void split(byte[] first, byte[] second) {
    Kdf.kdf2(chainingKey, new byte[0], first, second);
  }

  void wipe() {
    Arrays.fill(chainingKey, (byte) 0);
    Arrays.fill(hash, (byte) 0);
    forgetKey();
  }

  /** After the last field is sealed or opened: every key is for one field only. */
  void forgetKey() {
    if (key != null) {
      Arrays.fill(key, (byte) 0);
      key = null;
    }
  }

  private byte[] freshKey() {
    forgetKey();
    key = new byte[Kdf.SIZE];
    return key;
  }

  private void mixHash(byte[] data) {
    Blake2s.hash(hash, hash, data);
  }
}
