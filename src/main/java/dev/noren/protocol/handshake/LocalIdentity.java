package dev.noren.protocol.handshake;

import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;

/**
 * Who we are: the static key pair of a tunnel.
 *
 * @param privateKey the tunnel's private key
 * @param publicKey its public half
 */
public record LocalIdentity(PrivateKey privateKey, PublicKey publicKey) {
  /** The identity that goes with this private key. */
  public static LocalIdentity of(PrivateKey privateKey) {
    return new LocalIdentity(privateKey, privateKey.publicKey());
  }
}
