package dev.noren.control;

import java.io.IOException;
import java.time.Instant;

/** The certificate by which the page is reached over HTTPS. Any thread may call. */
public interface CertificateDesk {
  /**
   * What a person compares with what the browser shows.
   *
   * @param sha256 the certificate's SHA-256, in pairs of hex digits with colons between
   * @param until when it ends
   */
  record Certificate(String sha256, Instant until) {}

  /** The certificate, or null while the page is reached over HTTP alone. */
  Certificate certificate();

  /**
   * Makes one, in the place of any that there is, and has the page reached over HTTPS too.
   *
   * @param author who it is, and from where
   * @throws IOException with a sentence, where none can be made or kept
   */
  void makeCertificate(String author) throws IOException;

  /**
   * Forgets it: the page is reached over HTTP alone.
   *
   * @param author who it is, and from where
   * @throws IOException with a sentence, where it can't be deleted
   */
  void dropCertificate(String author) throws IOException;
}
