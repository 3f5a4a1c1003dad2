package dev.noren.crypto;

/** This Java can't seal packets in this way; the message is a sentence that says why. */
public final class TierUnavailableException extends Exception {
  private static final long serialVersionUID = 1;

  TierUnavailableException(String sentence) {
    super(sentence);
  }

  TierUnavailableException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
