package dev.noren.protocol.peer;

import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.protocol.Limits;
import dev.noren.protocol.cookie.MacStamper;
import dev.noren.protocol.handshake.InitiatorHandshake;
import dev.noren.protocol.handshake.Tai64n;
import java.util.Arrays;

/**
 * What a peer's handshakes need to remember between messages. It belongs to the handshake loop
 * alone and has no guard of its own.
 */
public final class Handshaking {
  private static final int SHARED_SECRET_SIZE = 32;

  private final MacStamper stamper;
  private final byte[] greatestTimestamp = new byte[Tai64n.SIZE];
  private boolean accepted;
  private boolean answered;
  private long lastAcceptedNs;
  private InitiatorHandshake pending;
  private byte[] staticStatic;

  Handshaking(MacStamper stamper) {
    this.stamper = stamper;
  }

  /** Stamps the messages to this peer and keeps its cookie. */
  public MacStamper stamper() {
    return stamper;
  }

  /** The handshake that waits for its response, or null. */
  public InitiatorHandshake pending() {
    return pending;
  }

  /** Replaces the handshake that waits, wiping the one before. */
  public void pending(InitiatorHandshake handshake) {
    if (pending != null) {
      pending.wipe();
    }
    pending = handshake;
  }

  /**
   * The shared secret of both static keys, computed when it is first needed.
   *
   * @return 32 bytes, or null if the peer's key is of low order and can share no secret
   */
  public byte[] staticStatic(PrivateKey mine, PublicKey theirs) {
    if (staticStatic == null) {
      byte[] secret = new byte[SHARED_SECRET_SIZE];
      if (!mine.sharedSecret(theirs, secret)) {
        return null;
      }
      staticStatic = secret;
    }
    return staticStatic;
  }

  /** After our private key changed, or the peer went: forgets what came of the old one. */
  public void wipe() {
    pending(null);
    if (staticStatic != null) {
      Arrays.fill(staticStatic, (byte) 0);
      staticStatic = null;
    }
  }

  /** Whether this authenticated timestamp is greater than every one before (WP 5.4.2). */
  public boolean isNewer(byte[] timestamp) {
    return Tai64n.compare(timestamp, 0, greatestTimestamp, 0) > 0;
  }

  /** The greatest one. */
  byte[] greatestTimestamp() {
    return greatestTimestamp;
  }

  /** After an initiation was answered: whether another was since a handshake came to its end. */
  boolean answeredAgain() {
    boolean before = answered;
    answered = true;
    return before;
  }

  /** After a handshake came to its end. */
  void completed() {
    answered = false;
  }

  /** Whether the last accepted initiation is less than 20 ms ago. */
  public boolean isTooSoon(long nowNs, Limits limits) {
    return accepted && nowNs - lastAcceptedNs < limits.initiationGapNs();
  }

  /** After an initiation was accepted. */
  public void initiationAccepted(byte[] timestamp, long nowNs) {
    System.arraycopy(timestamp, 0, greatestTimestamp, 0, Tai64n.SIZE);
    lastAcceptedNs = nowNs;
    accepted = true;
  }
}
