package dev.noren.protocol.message;

/** The two MACs at the end of an initiation and of a response (WP 5.4.4). */
public final class HandshakeMacs {
  /** Bytes in one MAC. */
  public static final int MAC_SIZE = 16;

  /** Bytes that both take. */
  public static final int SIZE = 2 * MAC_SIZE;

  private HandshakeMacs() {}

  /** Where mac1 begins in a message of this length: the bytes before it are what it covers. */
  public static int mac1(int length) {
    return length - SIZE;
  }

  /** Where mac2 begins in a message of this length: the bytes before it are what it covers. */
  public static int mac2(int length) {
    return length - MAC_SIZE;
  }
}
