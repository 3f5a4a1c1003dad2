package dev.noren.router;

import dev.noren.doctor.Outside.Web;
import dev.noren.probe.WebAnswer;
import java.net.URI;
import java.util.Map;

/**
 * A page whose content is known, so that one sees whether somebody is in between: Debian's, which
 * NetworkManager asks too. It is asked for only while something is wrong or somebody asks why.
 *
 * @param host the web server's name
 */
record KnownPage(String host) {
  /** Another host's name; only for tests. */
  static final String HOST = "NOREN_TEST_PAGE_HOST";

  static final String PATH = "/nm";

  private static final String USUAL_HOST = "network-test.debian.org";
  private static final String BEGINS = "NetworkManager is online";
  private static final int OK = 200;
  private static final int FIRST_REDIRECT = 300;
  private static final int LAST_REDIRECT = 399;

  /** Of a line that wants a sign-in (RFC 6585). */
  private static final int NEEDS_SIGN_IN = 511;

  /** The usual one, or the environment's. */
  static KnownPage of(Map<String, String> environment) {
    return new KnownPage(environment.getOrDefault(HOST, USUAL_HOST));
  }

  /** What an answer shows. */
  Web judge(WebAnswer answer) {
    if (answer == null) {
      return Web.SILENT;
    }
    int status = answer.status();
    if (status == OK) {
      return answer.body().startsWith(BEGINS) ? Web.OPEN : Web.PORTAL;
    }
    if (status == NEEDS_SIGN_IN) {
      return Web.PORTAL;
    }
    if (status >= FIRST_REDIRECT && status <= LAST_REDIRECT) {
      return host.equals(other(answer)) ? Web.OPEN : Web.PORTAL;
    }
    // The page may be ill, or gone: that shows nothing of the line.
    return Web.UNASKED;
  }

  /** The host that an answer sends the asker to, or null. */
  static String other(WebAnswer answer) {
    try {
      return URI.create(answer.location()).getHost();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
