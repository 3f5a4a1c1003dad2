package dev.noren.config;

import dev.noren.net.IpAddress;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;

/**
 * Where a peer is reached, with a name left as it is: 198.51.100.7:51820, [2001:db8::7]:51820 or
 * hq.example.com:51820.
 *
 * @param host a numeric address, an IPv6 one perhaps with %scope and never in brackets, or a name
 * @param port the UDP port, 1 to 65535
 */
public record HostPort(String host, int port) {
  private static final int MAX_NAME = 253;
  private static final int MAX_LABEL = 63;

  /**
   * @throws IllegalArgumentException with the reason
   */
  public HostPort {
    if (port < 1 || port > 65535) {
      throw new Refused("port.range");
    }
    checkHost(host);
  }

  /**
   * Reads host:port.
   *
   * @throws IllegalArgumentException with the reason
   */
  public static HostPort parse(String text) {
    boolean bracketed = text.startsWith("[");
    int close = text.indexOf(']');
    if (bracketed && close < 0) {
      throw new Refused("endpoint.bracket", Values.quoted(text));
    }
    int colon = bracketed ? close + 1 : text.lastIndexOf(':');
    if (colon < 0 || colon >= text.length() - 1 || text.charAt(colon) != ':') {
      throw new Refused("endpoint.no-port", Values.quoted(text));
    }
    String host = bracketed ? text.substring(1, close) : text.substring(0, colon);
    if (!bracketed && host.indexOf(':') >= 0) {
      throw new Refused("endpoint.v6-brackets", Values.quoted(text));
    }
    int port = (int) Values.decimal(text.substring(colon + 1), 65535);
    try {
      return new HostPort(host, port);
    } catch (IllegalArgumentException e) {
      throw new Refused(Sentence.of("value.because", Values.quoted(text), Sentence.of(e)), e);
    }
  }

  /** Whether the host is an address, so that nothing has to be looked up. */
  public boolean isNumeric() {
    return host.indexOf(':') >= 0 || isDotted(host);
  }

  private static void checkHost(String host) {
    if (host.indexOf(':') >= 0) {
      int percent = host.indexOf('%');
      IpAddress.parse(percent < 0 ? host : host.substring(0, percent));
      if (percent == host.length() - 1) {
        throw new Refused("endpoint.no-scope");
      }
      if (percent >= 0) {
        TunnelName.check(host.substring(percent + 1));
      }
    } else if (isDotted(host)) {
      IpAddress.parse(host);
    } else {
      checkName(host);
    }
  }

  /** Digits and dots alone are never a name, although the system's resolver would try. */
  private static boolean isDotted(String host) {
    return !host.isEmpty() && host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  static void checkName(String name) {
    String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    boolean good = !bare.isEmpty() && bare.length() <= MAX_NAME;
    for (String label : bare.split("\\.", -1)) {
      good &= !label.isEmpty() && label.length() <= MAX_LABEL && !label.startsWith("-");
      good &= label.chars().allMatch(HostPort::inName);
    }
    if (!good) {
      throw new Refused("host.form", Values.quoted(name));
    }
  }

  private static boolean inName(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  /** As it is written in a file, an IPv6 address in brackets. */
  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
