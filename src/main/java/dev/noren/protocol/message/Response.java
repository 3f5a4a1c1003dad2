package dev.noren.protocol.message;

import dev.noren.crypto.HandshakeAead;
import dev.noren.crypto.PublicKey;

/**
 * The second message of a handshake (WP 5.4.3), 92 bytes: type 4, sender index 4, receiver index 4,
 * ephemeral key 32, sealed nothing 16, mac1 16, mac2 16.
 */
public final class Response {
  /** The message's type. */
  public static final int TYPE = 2;

  /** Where the sender's index is. */
  public static final int SENDER = MessageType.SIZE;

  /** Where the receiver's index is, the sender's of the initiation. */
  public static final int RECEIVER = SENDER + Integer.BYTES;

  /** Where the unencrypted ephemeral public key is. */
  public static final int EPHEMERAL = RECEIVER + Integer.BYTES;

  /** Where the tag of the sealed empty message is. */
  public static final int EMPTY = EPHEMERAL + PublicKey.SIZE;

  /** Bytes in the sealed empty message. */
  public static final int EMPTY_SIZE = HandshakeAead.TAG_SIZE;

  /** Where the first MAC is. */
  public static final int MAC1 = EMPTY + EMPTY_SIZE;

  /** Where the second MAC is. */
  public static final int MAC2 = MAC1 + HandshakeMacs.MAC_SIZE;

  /** Bytes in the message. */
  public static final int SIZE = MAC2 + HandshakeMacs.MAC_SIZE;

  private Response() {}

  /** Writes the type and both indices of a message that begins at {@code offset}. */
  public static void writeHeader(byte[] message, int offset, int sender, int receiver) {
    LittleEndian.putInt32(message, offset, TYPE);
    LittleEndian.putInt32(message, offset + SENDER, sender);
    LittleEndian.putInt32(message, offset + RECEIVER, receiver);
  }

  /** The sender's index. */
  public static int sender(byte[] message, int offset) {
    return LittleEndian.int32(message, offset + SENDER);
  }

  /** The receiver's index. */
  public static int receiver(byte[] message, int offset) {
    return LittleEndian.int32(message, offset + RECEIVER);
  }
}
