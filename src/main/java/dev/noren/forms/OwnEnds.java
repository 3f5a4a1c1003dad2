package dev.noren.forms;

import dev.noren.config.Gateway;
import dev.noren.config.HostPort;
import dev.noren.config.Pairing;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.net.PrivateNetworks;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where this router may be reached from outside.
 *
 * @param endpoints the best first: IPv6, then IPv4, then what a person has set; then the same at
 *     further ports
 * @param obstacle why none of the lines' own addresses is reached, a sentence's part, or null
 */
public record OwnEnds(List<HostPort> endpoints, Sentence obstacle) {
  private static final Cidr GLOBAL_6 = Cidr.parse("2000::/3");

  public OwnEnds {
    endpoints = List.copyOf(endpoints);
  }

  /**
   * Where a form's own end may be reached.
   *
   * @param own the lines' addresses
   */
  public static OwnEnds of(Gateway gateway, List<IpAddress> own) {
    List<String> hosts = new ArrayList<>();
    own.stream().filter(GLOBAL_6::contains).forEach(address -> hosts.add(address.toString()));
    own.stream().filter(OwnEnds::isPublic4).forEach(address -> hosts.add(address.toString()));
    Set<HostPort> endpoints = new LinkedHashSet<>();
    hosts.forEach(host -> endpoints.add(new HostPort(host, gateway.listenPort())));
    endpoints.addAll(gateway.endpoints());
    for (int port : gateway.alsoPorts()) {
      hosts.forEach(host -> endpoints.add(new HostPort(host, port)));
    }
    return new OwnEnds(
        endpoints.stream().limit(Pairing.MOST_ENDPOINTS).toList(),
        hosts.isEmpty() ? obstacle(own) : null);
  }

  private static boolean isPublic4(IpAddress address) {
    return !address.v6()
        && address.isOneHost()
        && PrivateNetworks.of(false).stream().noneMatch(each -> each.contains(address));
  }

  private static Sentence obstacle(List<IpAddress> own) {
    IpAddress hidden = own.stream().filter(address -> !address.v6()).findFirst().orElse(null);
    if (hidden == null) {
      return Sentence.of("ends.no-address");
    }
    return Sentence.of(
        PrivateNetworks.CGNAT.contains(hidden) ? "ends.cgnat" : "ends.hidden", hidden);
  }
}
