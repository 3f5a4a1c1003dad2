package dev.noren.crypto;

import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * X25519 (RFC 7748): our own, which is faster, where its known answers come out right and the
 * processor multiplies 64 by 64 bits; else Bouncy Castle's.
 */
final class DiffieHellman {
  private static final boolean OWN =
      System.getProperty("os.arch", "").contains("64") && Ladder.isRight();

  private DiffieHellman() {}

  /** Whether it is our own. */
  static boolean isOwn() {
    return OWN;
  }

  /**
   * Writes the public key of a clamped scalar: with Bouncy Castle's table of the base point's
   * multiples, which is faster than any ladder.
   *
   * @param scalar 32 bytes
   * @param out receives 32 bytes
   */
  static void publicKey(byte[] scalar, byte[] out) {
    X25519.generatePublicKey(scalar, 0, out, 0);
  }

  /**
   * Writes what a clamped scalar and another's public key have in common.
   *
   * @param u 32 bytes, any
   * @param out receives 32 bytes
   * @return false if they are zeros
   */
  static boolean agree(byte[] scalar, byte[] u, byte[] out) {
    if (!OWN) {
      return X25519.calculateAgreement(scalar, 0, u, 0, out, 0);
    }
    Ladder.multiply(scalar, u, out);
    return !ConstantTime.isZero(out);
  }
}
