package dev.noren.protocol.cookie;

import dev.noren.crypto.Blake2s;
import dev.noren.crypto.ConstantTime;
import dev.noren.crypto.CookieAead;
import dev.noren.crypto.PublicKey;
import dev.noren.net.IpAddress;
import dev.noren.protocol.Limits;
import dev.noren.protocol.message.CookieReply;
import dev.noren.protocol.message.HandshakeMacs;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Checks the MACs of handshake messages sent to us (WP 5.4.4), and makes cookies (WP 5.4.7): a
 * cookie is the MAC of the sender's address and port under a secret that changes every {@link
 * Limits#cookieNs}, so that who returns it does receive at that address. It belongs to one thread.
 */
public final class MacChecker {
  private static final int SECRET_SIZE = 32;

  private final byte[] mac1Key;
  private final byte[] cookieKey;
  private final long cookieNs;
  private final byte[] secret = new byte[SECRET_SIZE];
  private boolean secretMade;
  private long secretAtNs;

  /** For messages to our public key. */
  public MacChecker(PublicKey me, Limits limits) {
    this.mac1Key = Labels.mac1Key(me);
    this.cookieKey = Labels.cookieKey(me);
    this.cookieNs = limits.cookieNs();
  }

  /**
   * Whether the sender knew our public key; without this a message is dropped.
   *
   * @param length the message's length, the MACs included
   */
  public boolean hasMac1(byte[] message, int offset, int length) {
    int mac1 = HandshakeMacs.mac1(length);
    byte[] expected = new byte[HandshakeMacs.MAC_SIZE];
    Blake2s.mac(mac1Key, message, offset, mac1, expected, 0);
    return ConstantTime.equal(expected, 0, message, offset + mac1, HandshakeMacs.MAC_SIZE);
  }

  /**
   * Whether the message carries a cookie that we made for this address and port, from a secret that
   * is still good.
   *
   * @param length the message's length, the MACs included
   */
  public boolean hasMac2(
      byte[] message, int offset, int length, IpAddress source, int port, long nowNs) {
    if (!secretIsGood(nowNs)) {
      return false;
    }
    int mac2 = HandshakeMacs.mac2(length);
    byte[] expected = new byte[HandshakeMacs.MAC_SIZE];
    byte[] cookie = cookie(source, port);
    Blake2s.mac(cookie, message, offset, mac2, expected, 0);
    Arrays.fill(cookie, (byte) 0);
    return ConstantTime.equal(expected, 0, message, offset + mac2, HandshakeMacs.MAC_SIZE);
  }

  /**
   * Writes a cookie reply of 64 bytes to a message whose mac1 is right.
   *
   * @param length the message's length, the MACs included
   * @param receiverIndex the sender index of the message
   * @param random draws the nonce, and a new secret when the old one's time is over; it must be a
   *     cryptographic generator
   */
  public void reply(
      byte[] message,
      int offset,
      int length,
      IpAddress source,
      int port,
      int receiverIndex,
      long nowNs,
      RandomGenerator random,
      byte[] out,
      int outOffset) {
    if (!secretIsGood(nowNs)) {
      random.nextBytes(secret);
      secretMade = true;
      secretAtNs = nowNs;
    }
    byte[] nonce = new byte[CookieReply.NONCE_SIZE];
    random.nextBytes(nonce);
    int mac1 = offset + HandshakeMacs.mac1(length);
    byte[] ad = Arrays.copyOfRange(message, mac1, mac1 + HandshakeMacs.MAC_SIZE);
    byte[] cookie = cookie(source, port);
    CookieReply.writeHeader(out, outOffset, receiverIndex);
    System.arraycopy(nonce, 0, out, outOffset + CookieReply.NONCE, nonce.length);
    CookieAead.seal(
        cookieKey, nonce, cookie, 0, cookie.length, ad, out, outOffset + CookieReply.COOKIE);
    Arrays.fill(cookie, (byte) 0);
  }

  private boolean secretIsGood(long nowNs) {
    return secretMade && nowNs - secretAtNs < cookieNs;
  }

  /** 4 or 16 bytes of address, then the port, big-endian. */
  private byte[] cookie(IpAddress source, int port) {
    byte[] address = source.toBytes();
    byte[] place = Arrays.copyOf(address, address.length + 2);
    place[address.length] = (byte) (port >>> 8);
    place[address.length + 1] = (byte) port;
    byte[] cookie = new byte[CookieReply.COOKIE_PLAIN_SIZE];
    Blake2s.mac(secret, place, 0, place.length, cookie, 0);
    return cookie;
  }
}
