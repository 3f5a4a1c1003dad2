package dev.noren.protocol.handshake;

import static dev.noren.protocol.handshake.Paper.aead;
import static dev.noren.protocol.handshake.Paper.aeadOpen;
import static dev.noren.protocol.handshake.Paper.concat;
import static dev.noren.protocol.handshake.Paper.dh;
import static dev.noren.protocol.handshake.Paper.dhPublic;
import static dev.noren.protocol.handshake.Paper.hash;
import static dev.noren.protocol.handshake.Paper.kdf;
import static dev.noren.protocol.handshake.Paper.littleEndian;

import java.util.Arrays;

/** The other side of {@link PaperInitiator}, so that a transcript is whole without our own code. */
public final class PaperResponder {
  private final byte[] staticPrivate;
  private final byte[] ephemeralPrivate;
  private final byte[] ephemeral;
  private final int index;

  /** Who the initiation came from. */
  byte[] initiatorStatic;

  /** The timestamp of the initiation. */
  byte[] tai64n;

  /** The key that the responder sends with. */
  byte[] sendKey;

  /** The key that the responder receives with. */
  byte[] receiveKey;

  PaperResponder(byte[] staticPrivate, byte[] ephemeral, int index) {
    this(staticPrivate, ephemeral, dhPublic(ephemeral), index);
  }

  private PaperResponder(byte[] staticPrivate, byte[] secret, byte[] ephemeral, int index) {
    this.staticPrivate = staticPrivate;
    this.ephemeralPrivate = secret;
    this.ephemeral = ephemeral;
    this.index = index;
  }

  /** A responder whose ephemeral key is this point of low order: all know that it shares zeros. */
  public static PaperResponder withLowOrder(byte[] staticPrivate, byte[] ephemeral, int index) {
    return new PaperResponder(staticPrivate, null, ephemeral, index);
  }

  private byte[] shared(byte[] theirs) {
    return ephemeralPrivate == null ? new byte[32] : dh(ephemeralPrivate, theirs);
  }

  /**
   * 5.4.2 as the responder sees it, then 5.4.3, with mac1; null when the initiation is not valid.
   */
  public byte[] respond(byte[] initiation, byte[] psk) {
    byte[] initiatorIndex = Arrays.copyOfRange(initiation, 4, 8);
    byte[] initiatorEphemeral = Arrays.copyOfRange(initiation, 8, 40);
    byte[] sealedStatic = Arrays.copyOfRange(initiation, 40, 88);
    byte[] sealedTimestamp = Arrays.copyOfRange(initiation, 88, 116);
    byte[] c = hash(Paper.CONSTRUCTION);
    byte[] h = hash(c, Paper.IDENTIFIER);
    h = hash(h, dhPublic(staticPrivate));
    c = kdf(1, c, initiatorEphemeral)[0];
    h = hash(h, initiatorEphemeral);
    byte[][] t = kdf(2, c, dh(staticPrivate, initiatorEphemeral));
    c = t[0];
    initiatorStatic = aeadOpen(t[1], 0, sealedStatic, h);
    if (initiatorStatic == null) {
      return null;
    }
    h = hash(h, sealedStatic);
    t = kdf(2, c, dh(staticPrivate, initiatorStatic));
    c = t[0];
    tai64n = aeadOpen(t[1], 0, sealedTimestamp, h);
    if (tai64n == null) {
      return null;
    }
    h = hash(h, sealedTimestamp);

    c = kdf(1, c, ephemeral)[0];
    h = hash(h, ephemeral);
    c = kdf(1, c, shared(initiatorEphemeral))[0];
    c = kdf(1, c, shared(initiatorStatic))[0];
    t = kdf(3, c, psk);
    c = t[0];
    h = hash(h, t[1]);
    byte[] empty = aead(t[2], 0, new byte[0], h);
    t = kdf(2, c, new byte[0]);
    receiveKey = t[0];
    sendKey = t[1];
    byte[] message =
        concat(new byte[] {2, 0, 0, 0}, littleEndian(index, 4), initiatorIndex, ephemeral, empty);
    return Paper.withMacs(message, initiatorStatic);
  }
}
