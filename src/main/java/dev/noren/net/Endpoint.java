package dev.noren.net;

import dev.noren.text.Refused;

/**
 * Where a peer is reached over UDP, and the local address that its packets were sent to, from which
 * replies leave.
 *
 * @param address the peer's outer address
 * @param port the peer's UDP port, 1 to 65535
 * @param scopeId the interface index of a link-local IPv6 address, else 0
 * @param source the local address to send from, or null to let the kernel choose
 * @param sourceInterface the interface index that {@code source} was addressed at, or 0
 */
public record Endpoint(
    IpAddress address, int port, int scopeId, IpAddress source, int sourceInterface) {
  public Endpoint {
    if (port < 1 || port > 65535) {
      throw new Refused("net.port", port);
    }
  }

  /** An endpoint whose local address the kernel chooses. */
  public static Endpoint of(IpAddress address, int port) {
    return new Endpoint(address, port, 0, null, 0);
  }

  /**
   * Reads a numeric endpoint: 192.0.2.1:51820, [2001:db8::1]:51820 or [fe80::1%2]:51820.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new Refused("net.no-port", text);
    }
    int port = number(text.substring(colon + 1), text);
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (!bracketed) {
      if (host.indexOf(':') >= 0) {
        throw new Refused("net.v6-brackets", text);
      }
      return of(IpAddress.parse(host), port);
    }
    String inside = host.substring(1, host.length() - 1);
    int percent = inside.indexOf('%');
    int scope = percent < 0 ? 0 : number(inside.substring(percent + 1), text);
    IpAddress address = IpAddress.parse(percent < 0 ? inside : inside.substring(0, percent));
    if (!address.v6()) {
      throw new Refused("net.only-v6", text);
    }
    return new Endpoint(address, port, scope, null, 0);
  }

  private static int number(String digits, String whole) {
    boolean fits =
        !digits.isEmpty()
            && digits.length() <= 9
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!fits) {
      throw new Refused("net.number", whole, digits);
    }
    return Integer.parseInt(digits);
  }

  /** The same peer address, with the local address forgotten. */
  public Endpoint withoutSource() {
    return source == null ? this : new Endpoint(address, port, scopeId, null, 0);
  }

  /** Whether both lead to the same peer address and port, whatever the local address. */
  public boolean sameRemote(Endpoint other) {
    return other != null
        && port == other.port
        && scopeId == other.scopeId
        && address.equals(other.address);
  }

  /** As WireGuard's tools show it: 192.0.2.1:51820, [2001:db8::1]:51820, [fe80::1%2]:51820. */
  @Override
  public String toString() {
    if (!address.v6()) {
      return address + ":" + port;
    }
    return "[" + address + (scopeId == 0 ? "" : "%" + scopeId) + "]:" + port;
  }
}
