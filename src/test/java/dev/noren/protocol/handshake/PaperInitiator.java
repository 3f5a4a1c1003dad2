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

/**
 * A second initiator, written line by line from sections 5.4.2, 5.4.3 and 5.4.5 of the whitepaper,
 * against which both sides of the production handshake are checked.
 */
public final class PaperInitiator {
  private final byte[] staticPrivate;
  private final byte[] responderStatic;
  private final byte[] ephemeralPrivate;
  private final int index;
  private byte[] c;
  private byte[] h;

  /** The key that the initiator sends with, once the response was consumed. */
  byte[] sendKey;

  /** The key that the initiator receives with, once the response was consumed. */
  byte[] receiveKey;

  /** The responder's index, once the response was consumed. */
  byte[] responderIndex;

  /** An initiator with these keys of 32 bytes and this index. */
  public PaperInitiator(byte[] staticPrivate, byte[] responderStatic, byte[] ephemeral, int index) {
    this.staticPrivate = staticPrivate;
    this.responderStatic = responderStatic;
    this.ephemeralPrivate = ephemeral;
    this.index = index;
  }

  /** 5.4.2, with mac1. */
  byte[] initiation(byte[] tai64n) {
    return initiation(tai64n, dhPublic(ephemeralPrivate), dh(ephemeralPrivate, responderStatic));
  }

  /** The same with an ephemeral key and a secret of the caller's choice. */
  public byte[] initiation(byte[] tai64n, byte[] ephemeral, byte[] ephemeralStatic) {
    return initiation(
        tai64n,
        ephemeral,
        ephemeralStatic,
        dhPublic(staticPrivate),
        dh(staticPrivate, responderStatic));
  }

  /** The same with a static key and a secret of the caller's choice. */
  public byte[] initiationClaiming(byte[] tai64n, byte[] claimed, byte[] staticStatic) {
    return initiation(
        tai64n,
        dhPublic(ephemeralPrivate),
        dh(ephemeralPrivate, responderStatic),
        claimed,
        staticStatic);
  }

  private byte[] initiation(
      byte[] tai64n,
      byte[] ephemeral,
      byte[] ephemeralStatic,
      byte[] staticPublic,
      byte[] staticStatic) {
    c = hash(Paper.CONSTRUCTION);
    h = hash(c, Paper.IDENTIFIER);
    h = hash(h, responderStatic);
    c = kdf(1, c, ephemeral)[0];
    h = hash(h, ephemeral);
    byte[][] t = kdf(2, c, ephemeralStatic);
    c = t[0];
    byte[] sealedStatic = aead(t[1], 0, staticPublic, h);
    h = hash(h, sealedStatic);
    t = kdf(2, c, staticStatic);
    c = t[0];
    byte[] sealedTimestamp = aead(t[1], 0, tai64n, h);
    h = hash(h, sealedTimestamp);
    byte[] message =
        concat(
            new byte[] {1, 0, 0, 0},
            littleEndian(index, 4),
            ephemeral,
            sealedStatic,
            sealedTimestamp);
    return Paper.withMacs(message, responderStatic);
  }

  /** 5.4.3 as the initiator sees it; false when the response is not valid. */
  boolean consume(byte[] response, byte[] psk) {
    if (response.length != 92
        || !Arrays.equals(Arrays.copyOf(response, 4), new byte[] {2, 0, 0, 0})
        || !Arrays.equals(Arrays.copyOfRange(response, 8, 12), littleEndian(index, 4))) {
      return false;
    }
    byte[] ephemeral = Arrays.copyOfRange(response, 12, 44);
    byte[] c = kdf(1, this.c, ephemeral)[0];
    byte[] h = hash(this.h, ephemeral);
    c = kdf(1, c, dh(ephemeralPrivate, ephemeral))[0];
    c = kdf(1, c, dh(staticPrivate, ephemeral))[0];
    byte[][] t = kdf(3, c, psk);
    c = t[0];
    h = hash(h, t[1]);
    if (aeadOpen(t[2], 0, Arrays.copyOfRange(response, 44, 60), h) == null) {
      return false;
    }
    t = kdf(2, c, new byte[0]);
    sendKey = t[0];
    receiveKey = t[1];
    responderIndex = Arrays.copyOfRange(response, 4, 8);
    return true;
  }
}
