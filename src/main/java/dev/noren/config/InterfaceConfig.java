package dev.noren.config;

import dev.noren.crypto.PrivateKey;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.util.List;

/**
 * The [Interface] section.
 *
 * @param privateKey the own key, or null where a hook sets it with {@code wg set}
 * @param listenPort the UDP port, or 0 for any free one
 * @param fwMark the mark of outer packets, 32 bits unsigned; 0 for none
 * @param addresses the addresses with their host bits, each once
 * @param dnsServers name servers to use while the tunnel is up
 * @param searchDomains DNS search domains, without spaces
 * @param mtuBytes the MTU, or 0 to derive it
 * @param table where routes go
 * @param hooks commands of the user's own
 * @param saveConfig whether wg-quick would write the running state back to the file
 */
public record InterfaceConfig(
    PrivateKey privateKey,
    int listenPort,
    long fwMark,
    List<Cidr> addresses,
    List<IpAddress> dnsServers,
    List<String> searchDomains,
    int mtuBytes,
    RouteTable table,
    Hooks hooks,
    boolean saveConfig) {
  /** The least MTU that Linux gives an interface with IPv4 (RFC 791). */
  public static final int MIN_MTU = 68;

  /** The least MTU that IPv6 works with (RFC 8200). */
  public static final int MIN_MTU_V6 = 1280;

  /** 65,535 less the 80 bytes that WireGuard adds over IPv6. */
  public static final int MAX_MTU = 65_535 - 80;

  public InterfaceConfig {
    addresses = List.copyOf(addresses);
    dnsServers = List.copyOf(dnsServers);
    searchDomains = List.copyOf(searchDomains);
  }
}
