package dev.noren.protocol.cookie;

import dev.noren.crypto.Blake2s;
import dev.noren.crypto.CookieAead;
import dev.noren.crypto.PublicKey;
import dev.noren.protocol.Limits;
import dev.noren.protocol.message.CookieReply;
import dev.noren.protocol.message.HandshakeMacs;
import java.util.Arrays;

/**
 * Stamps our handshake messages to one peer with mac1 and mac2 (WP 5.4.4), and keeps the cookie
 * that the peer sent us. It belongs to one thread.
 */
public final class MacStamper {
  private final PublicKey recipient;
  private final byte[] sentMac1 = new byte[HandshakeMacs.MAC_SIZE];
  private final byte[] cookie = new byte[CookieReply.COOKIE_PLAIN_SIZE];
  private boolean replyAwaited;
  private boolean cookieKept;
  private long cookieAtNs;

  /** For messages to the peer with this public key. */
  public MacStamper(PublicKey recipient) {
    this.recipient = recipient;
  }

  /**
   * Writes both MACs of a message that is otherwise complete. mac2 is zeros unless there is a
   * cookie younger than {@link Limits#cookieNs}.
   *
   * @param length the message's length, the MACs included
   */
  public void stamp(byte[] message, int offset, int length, long nowNs, Limits limits) {
    int mac1 = HandshakeMacs.mac1(length);
    int mac2 = HandshakeMacs.mac2(length);
    // The keys are not kept: there may be very many peers, and a message to one is rare.
    Blake2s.mac(Labels.mac1Key(recipient), message, offset, mac1, message, offset + mac1);
    System.arraycopy(message, offset + mac1, sentMac1, 0, HandshakeMacs.MAC_SIZE);
    replyAwaited = true;
    if (cookieKept && nowNs - cookieAtNs < limits.cookieNs()) {
      Blake2s.mac(cookie, message, offset, mac2, message, offset + mac2);
    } else {
      dropCookie();
      Arrays.fill(message, offset + mac2, offset + length, (byte) 0);
    }
  }

  /**
   * Reads a cookie reply and keeps its cookie for the next message. Nothing is sent because of it.
   *
   * @param reply 64 bytes at {@code offset}
   * @return false, with nothing changed, when it does not answer the last message stamped, or one
   *     reply to that was accepted already
   */
  public boolean accept(byte[] reply, int offset, long nowNs) {
    if (!replyAwaited) {
      return false;
    }
    byte[] nonce =
        Arrays.copyOfRange(
            reply, offset + CookieReply.NONCE, offset + CookieReply.NONCE + CookieReply.NONCE_SIZE);
    int sealed = offset + CookieReply.COOKIE;
    if (!CookieAead.open(
        Labels.cookieKey(recipient),
        nonce,
        reply,
        sealed,
        CookieReply.COOKIE_SIZE,
        sentMac1,
        cookie,
        0)) {
      return false;
    }
    replyAwaited = false;
    cookieKept = true;
    cookieAtNs = nowNs;
    return true;
  }

  /** Drops the cookie and awaits no reply any more. */
  public void forget() {
    dropCookie();
    replyAwaited = false;
    Arrays.fill(sentMac1, (byte) 0);
  }

  private void dropCookie() {
    cookieKept = false;
    Arrays.fill(cookie, (byte) 0);
  }
}
