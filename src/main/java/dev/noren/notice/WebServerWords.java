package dev.noren.notice;

import dev.noren.notice.MailServerWords.Why;
import dev.noren.text.Sentence;
import java.util.regex.Pattern;

/** What wget says of a webhook that did not take a notice, in a sentence for the owner. */
public final class WebServerWords {
  private static final Pattern STATUS =
      Pattern.compile("(?m)^\\s*HTTP/\\d(?:\\.\\d)? (\\d{3})([^\\r\\n]*)");

  /** Of wget(1): a certificate could not be verified. */
  private static final int CERTIFICATE = 5;

  private static final int BAD = 300;

  private WebServerWords() {}

  /**
   * Reads what wget has printed.
   *
   * @param host how the server is called
   * @return null where the notice was taken
   */
  public static Why of(int exitCode, String output, String host) {
    String status =
        STATUS
            .matcher(output)
            .results()
            .map(found -> found.group(1) + found.group(2))
            // The relay's own answer to wget comes first.
            .reduce((first, last) -> last)
            .map(MailServerWords::line)
            .orElse(null);
    if (exitCode == CERTIFICATE) {
      return new Why(Sentence.of("notice.certificate-web", host), false);
    }
    if (status != null && !status.equals("200 Connected")) {
      boolean bad = Integer.parseInt(status.substring(0, 3)) >= BAD;
      return bad ? new Why(Sentence.of("notice.web-says", host, status), true) : null;
    }
    return exitCode == 0 ? null : new Why(Sentence.of("notice.web-failed", host), false);
  }
}
