package dev.noren.config;

import dev.noren.text.Refused;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where something is in the web, as in https://hooks.example.com/services/1.
 *
 * @param secure whether over TLS
 * @param place the host and the port
 * @param path what is asked for there, from its slash on
 */
public record WebAddress(boolean secure, HostPort place, String path) {
  private static final int MOST_LETTERS = 1000;
  private static final int PORT = 80;
  private static final int SECURE_PORT = 443;

  /** Printable, and nothing of it for the browser alone, nor a name with a password. */
  private static final Pattern FORM =
      Pattern.compile(
          "(https?)://((\\[[0-9A-Fa-f:.]+\\]|[^\\[\\]/?#@:\\s]+)(:([0-9]{1,5}))?)([/?][!-~&&[^#\"<>\\\\^`{|}]]*)?",
          Pattern.CASE_INSENSITIVE);

  /**
   * Reads one. The text is never part of the reason, as there may be a secret in it.
   *
   * @throws IllegalArgumentException with the reason
   */
  static WebAddress parse(String text) {
    Matcher found = FORM.matcher(text);
    if (text.length() > MOST_LETTERS || !found.matches()) {
      throw new Refused("web-address.form");
    }
    boolean secure = found.group(1).length() == "https".length();
    String port = found.group(5) != null ? found.group(5) : "" + (secure ? SECURE_PORT : PORT);
    String path = found.group(6) == null ? "/" : found.group(6);
    HostPort place = HostPort.parse(found.group(3) + ":" + port);
    return new WebAddress(
        secure, RouterValues.reachable(place), path.startsWith("?") ? "/" + path : path);
  }

  /**
   * The host, as it stands in an address and in a header, with the port where it is no usual one.
   */
  public String authority() {
    String whole = place.toString();
    return place.port() == (secure ? SECURE_PORT : PORT)
        ? whole.substring(0, whole.lastIndexOf(':'))
        : whole;
  }

  /** As it is written. */
  @Override
  public String toString() {
    return (secure ? "https://" : "http://") + authority() + path;
  }
}
