package dev.noren.protocol.message;

import dev.noren.crypto.HandshakeAead;
import dev.noren.crypto.PublicKey;

/**
 * The first message of a handshake (WP 5.4.2), 148 bytes: type 4, sender index 4, ephemeral key 32,
 * static key 32 + 16, timestamp 12 + 16, mac1 16, mac2 16.
 */
public final class Initiation {
  /** The message's type. */
  public static final int TYPE = 1;

  /** Bytes in a timestamp, before it is sealed. */
  public static final int TIMESTAMP_PLAIN_SIZE = 12;

  /** Where the sender's index is. */
  public static final int SENDER = MessageType.SIZE;

  /** Where the unencrypted ephemeral public key is. */
  public static final int EPHEMERAL = SENDER + Integer.BYTES;

  /** Where the sealed static public key is. */
  public static final int STATIC = EPHEMERAL + PublicKey.SIZE;

  /** Bytes in the sealed static public key. */
  public static final int STATIC_SIZE = PublicKey.SIZE + HandshakeAead.TAG_SIZE;

  /** Where the sealed timestamp is. */
  public static final int TIMESTAMP = STATIC + STATIC_SIZE;

  /** Bytes in the sealed timestamp. */
  public static final int TIMESTAMP_SIZE = TIMESTAMP_PLAIN_SIZE + HandshakeAead.TAG_SIZE;

  /** Where the first MAC is. */
  public static final int MAC1 = TIMESTAMP + TIMESTAMP_SIZE;

  /** Where the second MAC is. */
  public static final int MAC2 = MAC1 + HandshakeMacs.MAC_SIZE;

  /** Bytes in the message. */
  public static final int SIZE = MAC2 + HandshakeMacs.MAC_SIZE;

  private Initiation() {}

  /** Writes the type and the sender's index of a message that begins at {@code offset}. */
  public static void writeHeader(byte[] message, int offset, int sender) {
    LittleEndian.putInt32(message, offset, TYPE);
    LittleEndian.putInt32(message, offset + SENDER, sender);
  }

  /** The sender's index. */
  public static int sender(byte[] message, int offset) {
    return LittleEndian.int32(message, offset + SENDER);
  }
}
