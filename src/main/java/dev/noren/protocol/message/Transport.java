package dev.noren.protocol.message;

import dev.noren.crypto.TransportAead;

/**
 * A message that carries a packet (WP 5.4.6), 32 bytes or more: type 4, receiver index 4, counter
 * 8, then the sealed packet with its tag of 16.
 */
public final class Transport {
  /** The message's type. */
  public static final int TYPE = 4;

  /** Where the receiver's index is. */
  public static final int RECEIVER = MessageType.SIZE;

  /** Where the counter is: 64 bits, unsigned. */
  public static final int COUNTER = RECEIVER + Integer.BYTES;

  /** Where the sealed packet begins. */
  public static final int CIPHERTEXT = COUNTER + Long.BYTES;

  /** Bytes by which the message is longer than the padded packet in it. */
  public static final int OVERHEAD = CIPHERTEXT + TransportAead.TAG_SIZE;

  /** Bytes in the shortest message, a keepalive, whose packet is empty. */
  public static final int MIN_SIZE = OVERHEAD;

  private Transport() {}

  /** Writes all that comes before the sealed packet of a message that begins at {@code offset}. */
  public static void writeHeader(byte[] message, int offset, int receiver, long counter) {
    LittleEndian.putInt32(message, offset, TYPE);
    LittleEndian.putInt32(message, offset + RECEIVER, receiver);
    LittleEndian.putInt64(message, offset + COUNTER, counter);
  }

  /** The receiver's index. */
  public static int receiver(byte[] message, int offset) {
    return LittleEndian.int32(message, offset + RECEIVER);
  }

  /** The counter, unsigned. */
  public static long counter(byte[] message, int offset) {
    return LittleEndian.int64(message, offset + COUNTER);
  }
}
