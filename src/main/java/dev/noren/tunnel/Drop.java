package dev.noren.tunnel;

import java.util.Locale;

/** Why a packet was dropped. Outside there is silence; inside each reason is counted. */
public enum Drop {
  BAD_LENGTH("neither a WireGuard message nor of its length"),
  UNKNOWN_INDEX("for no session or handshake of ours"),
  BAD_MAC1("made for another public key"),
  COOKIE_REQUIRED("under load and without a valid cookie; a cookie was sent"),
  RATE_LIMITED("under load and too many from one source"),
  HANDSHAKE_QUEUE_FULL("more handshakes waiting than the queue holds"),
  BAD_HANDSHAKE("a handshake that does not decrypt: wrong keys, or a wrong pre-shared key"),
  UNKNOWN_PEER("a handshake from a public key that is not configured"),
  REPLAYED_HANDSHAKE("an initiation no newer than one before: replayed, or a clock gone back"),
  HANDSHAKE_FLOOD("an initiation within 20 ms of the last"),
  BAD_COOKIE("a cookie reply that does not decrypt or was not asked for"),
  SESSION_EXPIRED("on a session older than 180 s or used up"),
  BAD_TRANSPORT("a data packet that does not decrypt"),
  REPLAYED("a data packet received before, or too old to tell"),
  BAD_INNER_PACKET("decrypted to something that is no IP packet"),
  FOREIGN_SOURCE("an inner source address outside the peer's allowed IPs"),
  TUN_WRITE("the interface did not take it: down, or gone"),
  NOT_IP("sent to the tunnel, but no IP packet"),
  NO_PEER("sent to an address that is in no peer's allowed IPs"),
  NO_ENDPOINT("for a peer whose endpoint is not known"),
  STAGED_OVERFLOW("waited for a handshake and made room for newer ones"),
  HANDSHAKE_GIVEN_UP("waited for a handshake that was never answered"),
  SEND_FAILED("the network did not take it");

  private final String sentence;

  Drop(String sentence) {
    this.sentence = sentence;
  }

  /** What such a packet was, in words. */
  public String sentence() {
    return sentence;
  }

  /** The reason's name as the status shows it: lower case with underscores. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
