package dev.noren.crypto;

import java.security.GeneralSecurityException;

/** The ways there are to seal transport packets, the one most likely the fastest first. */
public enum AeadTier {
  /** The JDK's ChaCha20 and Poly1305, without {@code Cipher}. */
  DIRECT("direct") {
    @Override
    public TransportAead create() throws TierUnavailableException {
      return DirectAead.withJdkPoly1305();
    }
  },

  /** The JDK's ChaCha20, without {@code Cipher}, and our Poly1305. */
  OWN_POLY1305("own-poly1305") {
    @Override
    public TransportAead create() throws TierUnavailableException {
      return DirectAead.withOwnPoly1305();
    }
  },

  /** The JDK's {@code Cipher}. */
  CIPHER("cipher") {
    @Override
    public TransportAead create() throws TierUnavailableException {
      try {
        return new CipherAead();
      } catch (GeneralSecurityException e) {
        throw new TierUnavailableException("this Java has no cipher ChaCha20-Poly1305", e);
      }
    }
  },

  /** Bouncy Castle's lightweight API, which is always there. */
  BOUNCY_CASTLE("bouncy-castle") {
    @Override
    public TransportAead create() {
      return new BouncyAead();
    }
  };

  private final String word;

  AeadTier(String word) {
    this.word = word;
  }

  /**
   * A new object for one thread.
   *
   * @throws TierUnavailableException that says why this Java has no such one
   */
  public abstract TransportAead create() throws TierUnavailableException;

  /** The tier's name in logs and tables, such as {@code own-poly1305}. */
  public String word() {
    return word;
  }

  @Override
  public String toString() {
    return word;
  }
}
