package dev.noren.crypto;

/** A primitive computes wrong results, so no key may be used. */
public final class SelfTestException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  SelfTestException(String primitive) {
    super(
        "the self-test of "
            + primitive
            + " failed: this Java or its crypto library computes wrong results, so no key is"
            + " used. Try another Java.");
  }
}
