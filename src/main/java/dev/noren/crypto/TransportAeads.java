package dev.noren.crypto;

import java.security.GeneralSecurityException;

/** Chooses who seals transport packets. */
public final class TransportAeads {
  private TransportAeads() {}

  /**
   * A new object for one thread: the JDK's if this JDK has the cipher and it passes its self-test,
   * else Bouncy Castle's.
   *
   * @throws SelfTestException when Bouncy Castle's fails its self-test too
   */
  public static TransportAead create() {
    try {
      TransportAead aead = new CipherAead();
      SelfTest.checkTransport(aead);
      return aead;
    } catch (GeneralSecurityException | IllegalStateException e) {
      // No such cipher here, or one that can't be trusted: the name in the log tells which it is.
      TransportAead aead = new BouncyAead();
      SelfTest.checkTransport(aead);
      return aead;
    }
  }
}
