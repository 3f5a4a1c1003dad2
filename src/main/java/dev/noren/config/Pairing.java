package dev.noren.config;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.time.Instant;
import java.util.List;

/**
 * A pairing that is under way in a form: the provisional end of its tunnel, which leads to nothing
 * but the conversation, and how far that has come. It is in the document, so that a restart neither
 * forgets who used an invitation nor asks people to compare digits anew.
 *
 * @param side who made the invitation
 * @param id the invitation's, 16 hexadecimal digits
 * @param publicKey the other end's key while it is provisional
 * @param privateKey where this end joins, the one-time key by which it calls in; else null
 * @param presharedKey the invitation's
 * @param address where this end joins, its provisional address in the tunnel; else null
 * @param farAddress the other end's address in the tunnel while it is provisional
 * @param givenAddress where this end invites, the address that the other end gets for good; else
 *     null
 * @param endpoints where the other end may be reached, the best first
 * @param expires when the invitation ends, by the clock of who made it
 * @param shop what the other shop is to be called here, or null for its own name
 * @param heard the other end's one message that matters, as it came, or null before it did
 * @param said this end's, as it was sent, or null
 * @param nonce where this end invites, what the other end has revealed, hexadecimal; null before
 * @param decision what the person at this end has decided
 */
public record Pairing(
    Side side,
    String id,
    PublicKey publicKey,
    PrivateKey privateKey,
    PresharedKey presharedKey,
    Cidr address,
    IpAddress farAddress,
    IpAddress givenAddress,
    List<HostPort> endpoints,
    Instant expires,
    String shop,
    String heard,
    String said,
    String nonce,
    Decision decision) {
  /** The one TCP port that is open in a provisional tunnel, at the end that invites. */
  public static final int PORT = 51_819;

  /** No message has more letters. */
  public static final int MOST_LETTERS = 8192;

  /** Nor does anybody have more endpoints. */
  public static final int MOST_ENDPOINTS = 16;

  /** Who made the invitation. */
  public enum Side {
    /** This end. */
    INVITES,

    /** The other one. */
    JOINS
  }

  /** What the person at this end has decided. */
  public enum Decision {
    /** Nothing yet. */
    OPEN,

    /** That the digits are the same at both ends. */
    ACCEPTED,

    /** That this is not who was invited. */
    REFUSED,

    /** As accepted, and the other router has changed over; kept for who comes too late. */
    PAIRED
  }

  public Pairing {
    endpoints = List.copyOf(endpoints);
  }

  /** Whether this end made the invitation. */
  public boolean invites() {
    return side == Side.INVITES;
  }

  /** Whether the person at this end has accepted. */
  public boolean isAccepted() {
    return decision == Decision.ACCEPTED || decision == Decision.PAIRED;
  }

  /** The same with another decision. */
  public Pairing with(Decision other) {
    return with(endpoints, heard, said, nonce, other);
  }

  /** The same after messages have gone to and fro. */
  public Pairing afterMessages(String nowHeard, String nowSaid, String nowNonce) {
    return with(endpoints, nowHeard, nowSaid, nowNonce, decision);
  }

  /** The same once the two are joined: nobody is called by it any more. */
  public Pairing paired() {
    return with(List.of(), heard, said, nonce, Decision.PAIRED);
  }

  private Pairing with(
      List<HostPort> places, String nowHeard, String nowSaid, String nowNonce, Decision other) {
    return new Pairing(
        side,
        id,
        publicKey,
        privateKey,
        presharedKey,
        address,
        farAddress,
        givenAddress,
        places,
        expires,
        shop,
        nowHeard,
        nowSaid,
        nowNonce,
        other);
  }
}
