package dev.noren.cli;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The interface that a link-local endpoint is behind, by name as wg shows it. */
final class ScopeName {
  private static final Pattern NUMBERED = Pattern.compile("(\\[[^%]*%)(\\d{1,9})(\\]:.*)");

  private ScopeName() {}

  /** The endpoint with the interface's name in place of its number, as far as there is one. */
  static String instead(String endpoint) {
    Matcher matcher = NUMBERED.matcher(endpoint);
    if (!matcher.matches()) {
      return endpoint;
    }
    try {
      NetworkInterface found = NetworkInterface.getByIndex(Integer.parseInt(matcher.group(2)));
      return found == null ? endpoint : matcher.group(1) + found.getName() + matcher.group(3);
    } catch (SocketException e) {
      return endpoint;
    }
  }
}
