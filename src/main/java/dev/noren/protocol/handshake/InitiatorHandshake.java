package dev.noren.protocol.handshake;

import dev.noren.crypto.ConstantTime;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.protocol.message.Initiation;
import dev.noren.protocol.message.Response;

/**
 * A handshake that we began (WP 5.4.2): it holds what is needed until the response comes. It
 * belongs to one thread.
 */
public final class InitiatorHandshake {
  private final SymmetricState state;
  private final PrivateKey ephemeral;
  private final int localIndex;

  private InitiatorHandshake(SymmetricState state, PrivateKey ephemeral, int localIndex) {
    this.state = state;
    this.ephemeral = ephemeral;
    this.localIndex = localIndex;
  }

  /**
   * Writes an initiation of 148 bytes, whose two MACs are zeros and still to be stamped.
   *
   * @param me our static keys
   * @param remote the peer's static public key
   * @param staticStatic the 32-byte Diffie-Hellman result of both static keys; zeros if there is
   *     none
   * @param ephemeral a fresh key, which the handshake takes over and wipes
   * @param localIndex a fresh index, by which the response finds this handshake
   * @param tai64n 12 bytes, greater than in any initiation before
   * @return null, with {@code out} untouched, when a Diffie-Hellman result is zero: the peer's key
   *     is of low order, or ours was wiped
   */
  public static InitiatorHandshake start(
      LocalIdentity me,
      PublicKey remote,
      byte[] staticStatic,
      PrivateKey ephemeral,
      int localIndex,
      byte[] tai64n,
      byte[] out,
      int offset) {
    byte[] message = new byte[Initiation.SIZE];
    SymmetricState state = SymmetricState.towards(remote);
    Initiation.writeHeader(message, 0, localIndex);
    state.mixEphemeral(ephemeral.publicKey());
    ephemeral.publicKey().copyTo(message, Initiation.EPHEMERAL);
    if (ConstantTime.isZero(staticStatic) || !state.mixSharedForKey(ephemeral, remote)) {
      state.wipe();
      ephemeral.wipe();
      return null;
    }
    state.seal(me.publicKey().bytes(), message, Initiation.STATIC);
    state.mixForKey(staticStatic);
    state.seal(tai64n, message, Initiation.TIMESTAMP);
    state.forgetKey();
    System.arraycopy(message, 0, out, offset, Initiation.SIZE);
    return new InitiatorHandshake(state, ephemeral, localIndex);
  }

  /** The index by which the response finds this handshake. */
  public int localIndex() {
    return localIndex;
  }

  /**
   * Reads a response (WP 5.4.3). After a valid one this handshake is wiped.
   *
   * @param response 92 bytes at {@code offset}
   * @param me our static keys, the same as at the start
   * @param psk the pre-shared key as it is now, or {@link PresharedKey#NONE}
   * @return null when the response is not a valid one for us; this handshake is then unchanged and
   *     waits for another
   */
  public SessionKeys finish(byte[] response, int offset, LocalIdentity me, PresharedKey psk) {
    if (Response.receiver(response, offset) != localIndex) {
      return null;
    }
    SymmetricState next = state.copy();
    PublicKey theirs = PublicKey.of(response, offset + Response.EPHEMERAL);
    next.mixEphemeral(theirs);
    boolean valid =
        next.mixShared(ephemeral, theirs)
            && next.mixShared(me.privateKey(), theirs)
            && next.mixPresharedForKey(psk)
            && next.openOrNull(response, offset + Response.EMPTY, Response.EMPTY_SIZE) != null;
    SessionKeys keys =
        valid ? SessionKeys.ofInitiator(next, localIndex, Response.sender(response, offset)) : null;
    next.wipe();
    if (valid) {
      wipe();
    }
    return keys;
  }

  /** Overwrites all secrets; from then on no response is valid. */
  public void wipe() {
    ephemeral.wipe();
    state.wipe();
  }
}
