package dev.noren.probe;

import dev.noren.net.Checksum;
import java.util.Arrays;

/**
 * Echo requests and replies of ICMP (RFC 792) and ICMPv6 (RFC 4443), as raw sockets take and give
 * them.
 *
 * <pre>
 * type 0 (1) · code 1 (1) · checksum 2 (2) · id 4 (2) · round 6 (2) · token 8 (8)
 * </pre>
 */
final class Echo {
  static final int SIZE = 16;
  static final int TOKEN_BYTES = 8;
  private static final int V4_REQUEST = 8;
  private static final int V4_REPLY = 0;
  private static final int V6_REQUEST = 128;
  private static final int V6_REPLY = 129;
  private static final int CHECKSUM = 2;
  private static final int ID = 4;
  private static final int ROUND = 6;
  private static final int TOKEN = 8;

  private Echo() {}

  /**
   * A request.
   *
   * @param token 8 bytes that nobody can guess
   */
  static byte[] request(boolean v6, int id, int round, byte[] token) {
    return request(v6, id, round, token, SIZE);
  }

  /** The same of so many bytes, zeros behind the token. */
  static byte[] request(boolean v6, int id, int round, byte[] token, int sizeBytes) {
    byte[] bytes = new byte[sizeBytes];
    bytes[0] = (byte) (v6 ? V6_REQUEST : V4_REQUEST);
    put(bytes, ID, id);
    put(bytes, ROUND, round);
    System.arraycopy(token, 0, bytes, TOKEN, TOKEN_BYTES);
    if (!v6) {
      // That of ICMPv6 covers addresses that only the kernel knows, which fills it in.
      put(bytes, CHECKSUM, Checksum.of(bytes, 0, sizeBytes, 0));
    }
    return bytes;
  }

  /**
   * The round that a packet answers, or -1 where it is no reply with this id and token.
   *
   * @param bytes for IPv4 with the IP header
   */
  static int round(boolean v6, byte[] bytes, int length, int id, byte[] token) {
    return round(v6, bytes, length, id, token, SIZE);
  }

  /** The same of a reply of so many bytes. */
  static int round(boolean v6, byte[] bytes, int length, int id, byte[] token, int sizeBytes) {
    int at = v6 || length == 0 ? 0 : (bytes[0] & 0xf) * 4;
    boolean ours =
        length - at == sizeBytes
            && (bytes[at] & 0xff) == (v6 ? V6_REPLY : V4_REPLY)
            && bytes[at + 1] == 0
            && get(bytes, at + ID) == id
            && Arrays.equals(bytes, at + TOKEN, at + TOKEN + TOKEN_BYTES, token, 0, TOKEN_BYTES);
    return ours ? get(bytes, at + ROUND) : -1;
  }

  private static void put(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >>> 8);
    bytes[at + 1] = (byte) value;
  }

  private static int get(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }
}
