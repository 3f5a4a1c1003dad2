package dev.noren.config;

import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.util.List;

/**
 * A line to the internet.
 *
 * @param port the Ethernet port, or null for the one found by looking
 * @param method how the line gives an IPv4 address
 * @param ipv6 whether IPv6 is asked for
 */
public record WanConfig(String port, Method method, Ipv6 ipv6) {
  /** How a line gives an IPv4 address. */
  public sealed interface Method {}

  /** By DHCP. */
  public record Dhcp() implements Method {}

  /**
   * A fixed one.
   *
   * @param address the IPv4 address with its network's prefix length
   * @param gateway the next router, in that network
   * @param dns name servers, perhaps none
   */
  public record Static(Cidr address, IpAddress gateway, List<IpAddress> dns) implements Method {
    public Static {
      dns = List.copyOf(dns);
    }
  }

  /**
   * PPP over Ethernet (RFC 2516).
   *
   * @param user the account, printable ASCII
   * @param password its secret, printable ASCII
   */
  public record Pppoe(String user, String password) implements Method {
    /** As many as noren-helper takes, which counts a space and a % as three. */
    public static final int MOST_LETTERS = 128;

    @Override
    public String toString() {
      return "Pppoe[user=" + user + ", password=(password)]";
    }
  }

  /** Whether a line is asked for IPv6. */
  public enum Ipv6 {
    /** By router advertisements and DHCPv6, where the line has it. */
    AUTO,

    /** Never. */
    OFF
  }
}
