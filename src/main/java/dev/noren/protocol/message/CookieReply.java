package dev.noren.protocol.message;

import dev.noren.crypto.CookieAead;

/**
 * The answer under load (WP 5.4.7), 64 bytes: type 4, receiver index 4, nonce 24, cookie 16 + 16.
 */
public final class CookieReply {
  /** The message's type. */
  public static final int TYPE = 3;

  /** Bytes in a cookie, before it is sealed. */
  public static final int COOKIE_PLAIN_SIZE = 16;

  /** Where the receiver's index is, the sender's of the message that is answered. */
  public static final int RECEIVER = MessageType.SIZE;

  /** Where the nonce is. */
  public static final int NONCE = RECEIVER + Integer.BYTES;

  /** Bytes in the nonce. */
  public static final int NONCE_SIZE = CookieAead.NONCE_SIZE;

  /** Where the sealed cookie is. */
  public static final int COOKIE = NONCE + NONCE_SIZE;

  /** Bytes in the sealed cookie. */
  public static final int COOKIE_SIZE = COOKIE_PLAIN_SIZE + CookieAead.TAG_SIZE;

  /** Bytes in the message. */
  public static final int SIZE = COOKIE + COOKIE_SIZE;

  private CookieReply() {}

  /** Writes the type and the receiver's index of a message that begins at {@code offset}. */
  public static void writeHeader(byte[] message, int offset, int receiver) {
    LittleEndian.putInt32(message, offset, TYPE);
    LittleEndian.putInt32(message, offset + RECEIVER, receiver);
  }

  /** The receiver's index. */
  public static int receiver(byte[] message, int offset) {
    return LittleEndian.int32(message, offset + RECEIVER);
  }
}
