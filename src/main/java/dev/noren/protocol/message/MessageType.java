package dev.noren.protocol.message;

/**
 * The first field of every message: a little-endian 32-bit number, of which the upper three bytes
 * are reserved and zero.
 */
public final class MessageType {
  /** No message: the type is unknown, a reserved byte is set, or the length is wrong. */
  public static final int NONE = 0;

  /** Bytes that the type takes. */
  static final int SIZE = 4;

  private MessageType() {}

  /**
   * The one check of a datagram's length.
   *
   * @param length bytes at {@code offset}
   * @return {@link Initiation#TYPE}, {@link Response#TYPE}, {@link CookieReply#TYPE} or {@link
   *     Transport#TYPE} if the length fits that message, else {@link #NONE}
   */
  public static int of(byte[] bytes, int offset, int length) {
    if (length < SIZE) {
      return NONE;
    }
    int type = LittleEndian.int32(bytes, offset);
    boolean fits =
        switch (type) {
          case Initiation.TYPE -> length == Initiation.SIZE;
          case Response.TYPE -> length == Response.SIZE;
          case CookieReply.TYPE -> length == CookieReply.SIZE;
          case Transport.TYPE -> length >= Transport.MIN_SIZE;
          default -> false;
        };
    return fits ? type : NONE;
  }
}
