package dev.noren.protocol.handshake;

import dev.noren.crypto.ConstantTime;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.protocol.message.Initiation;
import dev.noren.protocol.message.Response;
import java.util.Arrays;

/**
 * A handshake that a peer began, in three steps: read who it is, open the timestamp with what we
 * share with that peer, respond (WP 5.4.3). It belongs to one thread.
 */
public final class ResponderHandshake {
  private final PublicKey remote;
  private final PublicKey remoteEphemeral;
  private final int remoteIndex;
  private final byte[] sealedTimestamp;
  private SymmetricState state;
  private boolean timestampOpened;

  private ResponderHandshake(
      SymmetricState state,
      PublicKey remote,
      PublicKey remoteEphemeral,
      int remoteIndex,
      byte[] sealedTimestamp) {
    this.state = state;
    this.remote = remote;
    this.remoteEphemeral = remoteEphemeral;
    this.remoteIndex = remoteIndex;
    this.sealedTimestamp = sealedTimestamp;
  }

  /**
   * Reads an initiation up to the sender's static key.
   *
   * @param initiation 148 bytes at {@code offset}, which are not changed
   * @return null when it was not made for our key, was tampered with, or its ephemeral key is of
   *     low order
   */
  public static ResponderHandshake read(LocalIdentity me, byte[] initiation, int offset) {
    SymmetricState state = SymmetricState.towards(me.publicKey());
    PublicKey theirs = PublicKey.of(initiation, offset + Initiation.EPHEMERAL);
    state.mixEphemeral(theirs);
    byte[] remote =
        state.mixSharedForKey(me.privateKey(), theirs)
            ? state.openOrNull(initiation, offset + Initiation.STATIC, Initiation.STATIC_SIZE)
            : null;
    if (remote == null) {
      state.wipe();
      return null;
    }
    int timestamp = offset + Initiation.TIMESTAMP;
    return new ResponderHandshake(
        state,
        PublicKey.of(remote),
        theirs,
        Initiation.sender(initiation, offset),
        Arrays.copyOfRange(initiation, timestamp, timestamp + Initiation.TIMESTAMP_SIZE));
  }

  /**
   * Who says to have sent the initiation. Anyone who knows our public key can claim this; it is
   * true once {@link #openTimestamp} has answered.
   */
  public PublicKey remote() {
    return remote;
  }

  /** The index by which the peer finds its handshake. */
  public int remoteIndex() {
    return remoteIndex;
  }

  /**
   * Proves that the initiation is {@link #remote()}'s.
   *
   * @param staticStatic the 32-byte Diffie-Hellman result of both static keys; zeros if there is
   *     none
   * @return the 12 bytes of the timestamp, or null when the proof fails
   */
  public byte[] openTimestamp(byte[] staticStatic) {
    if (timestampOpened) {
      throw new IllegalStateException("the timestamp of an initiation is opened once");
    }
    if (ConstantTime.isZero(staticStatic)) {
      return null;
    }
    SymmetricState next = state.copy();
    next.mixForKey(staticStatic);
    byte[] timestamp = next.openOrNull(sealedTimestamp, 0, sealedTimestamp.length);
    if (timestamp == null) {
      next.wipe();
      return null;
    }
    state.wipe();
    state = next;
    timestampOpened = true;
    return timestamp;
  }

  /**
   * Writes a response of 92 bytes, whose two MACs are zeros and still to be stamped, and wipes this
   * handshake: an initiation is answered once.
   *
   * @param psk the pre-shared key as it is now, or {@link PresharedKey#NONE}
   * @param ephemeral a fresh key, which the handshake takes over and wipes
   * @param localIndex a fresh index, by which the session's packets find it
   * @return null, with {@code out} untouched, when a Diffie-Hellman result is zero or the
   *     pre-shared key was wiped
   * @throws IllegalStateException before {@link #openTimestamp} has answered, or a second time
   */
  public SessionKeys respond(
      PresharedKey psk, PrivateKey ephemeral, int localIndex, byte[] out, int offset) {
    if (!timestampOpened) {
      throw new IllegalStateException("an initiation is answered once, and only a proven one");
    }
    timestampOpened = false;
    byte[] message = new byte[Response.SIZE];
    Response.writeHeader(message, 0, localIndex, remoteIndex);
    state.mixEphemeral(ephemeral.publicKey());
    ephemeral.publicKey().copyTo(message, Response.EPHEMERAL);
    SessionKeys keys = null;
    if (state.mixShared(ephemeral, remoteEphemeral)
        && state.mixShared(ephemeral, remote)
        && state.mixPresharedForKey(psk)) {
      state.seal(new byte[0], message, Response.EMPTY);
      keys = SessionKeys.ofResponder(state, localIndex, remoteIndex);
      System.arraycopy(message, 0, out, offset, Response.SIZE);
    }
    ephemeral.wipe();
    wipe();
    return keys;
  }

  /** Overwrites all secrets; for a handshake that is dropped before its response. */
  public void wipe() {
    state.wipe();
    timestampOpened = false;
  }
}
