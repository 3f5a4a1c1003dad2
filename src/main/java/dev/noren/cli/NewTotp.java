package dev.noren.cli;

/**
 * A new secret of one-time codes.
 *
 * @param secret the secret in base32, for the document
 * @param uri what an app for codes takes
 */
public record NewTotp(String secret, String uri) {
  /** Without the secret. */
  @Override
  public String toString() {
    return "NewTotp";
  }
}
