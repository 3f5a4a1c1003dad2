package dev.noren.config;

import dev.noren.net.IpAddress;
import java.util.List;

/**
 * What clients' DNS questions are answered with.
 *
 * @param forceClients whether clients are kept from asking others
 * @param upstream the name servers to ask; empty for those that the line names
 * @param domains domains that have a name server of their own
 */
public record DnsConfig(
    boolean forceClients, List<IpAddress> upstream, List<DomainServer> domains) {
  /** The domain of the names that the shop's own devices have. */
  public static final String LAN_DOMAIN = "lan";

  public DnsConfig {
    upstream = List.copyOf(upstream);
    domains = List.copyOf(domains);
  }

  /**
   * A domain whose names another server knows.
   *
   * @param domain in small letters, without a dot at the end; all names below it are meant too
   * @param server the name server
   */
  public record DomainServer(String domain, IpAddress server) {}
}
