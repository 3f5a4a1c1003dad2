package dev.noren.plan;

import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The shop's network in the words of nft; beside the shop's router the line is there too. */
final class FirewallLan {
  private static final String LINK_LOCAL6 = "fe80::/10";
  private static final String MULTICAST6 = "ff00::/8";

  private final Layout layout;

  FirewallLan(Layout layout) {
    this.layout = layout;
  }

  /** Whether there is one; without it nothing but {@link #holds} may be asked for. */
  boolean isThere() {
    return layout.lan() != null;
  }

  /** Its device, in quotes. */
  String device() {
    return NftChain.quoted(layout.lan().device());
  }

  /** Noren's own address in it. */
  String ownAddress() {
    return layout.lan().address().address().toString();
  }

  /** The networks of a family: one, or none. */
  List<String> networks(boolean v6) {
    Cidr network = own(v6);
    return network == null ? List.of() : List.of(network.masked().toString());
  }

  /** Noren's own address with the network, or null. */
  private Cidr own(boolean v6) {
    return !isThere() ? null : v6 ? layout.lan().address6() : layout.lan().address();
  }

  /** Whether an address is of this network. */
  boolean holds(IpAddress address) {
    Cidr network = own(address.v6());
    return network != null && network.contains(address);
  }

  /** Whether all of a subnet is of this network. */
  boolean holds(Cidr subnet) {
    Cidr network = own(subnet.address().v6());
    return network != null
        && subnet.prefixLength() >= network.prefixLength()
        && network.contains(subnet.address());
  }

  /**
   * The subnets of a tunnel that lie in it, as where its server gave it as a wide one; not the one
   * that Noren stands in itself.
   */
  List<String> subnetsOf(FirewallTunnel tunnel, boolean v6) {
    Cidr network = own(v6);
    return tunnel.subnets(v6).stream()
        .filter(
            subnet ->
                network != null
                    && subnet.prefixLength() > network.prefixLength()
                    && network.contains(subnet.address())
                    && !subnet.contains(network.address()))
        .map(Cidr::toString)
        .toList();
  }

  /** Where IPv6 packets go that no tunnel takes, because they stay in the shop. */
  List<String> near6() {
    return Stream.concat(networks(true).stream(), Stream.of(LINK_LOCAL6, MULTICAST6)).toList();
  }

  /** Which packets go into it. */
  List<String> matches() {
    if (!isThere()) {
      return List.of();
    }
    String device = "oifname " + device();
    if (!layout.beside()) {
      return List.of(device);
    }
    List<String> matches = new ArrayList<>();
    matches.add(device + " ip daddr " + NftChain.set(networks(false)));
    if (!networks(true).isEmpty()) {
      matches.add(device + " ip6 daddr " + NftChain.set(networks(true)));
    }
    return matches;
  }

  /** The same of one family. */
  List<String> matches(boolean v6) {
    List<String> matches = matches();
    if (!layout.beside() || matches.isEmpty()) {
      return matches;
    }
    return v6 ? matches.subList(1, matches.size()) : List.of(matches.getFirst());
  }

  /** Who is of it on the one port beside: nobody from elsewhere has an address of the link. */
  List<String> senders6() {
    return Stream.concat(networks(true).stream(), Stream.of(LINK_LOCAL6)).toList();
  }

  /** As whom the far end of a tunnel sees Noren in this network, or null. */
  IpAddress seenBy(FirewallTunnel tunnel, boolean v6) {
    Cidr own = own(v6);
    Cidr seen = tunnel.ownSeenAs();
    if (v6 || own == null || seen == null) {
      return own == null ? null : own.address();
    }
    long host = own.address().low() ^ own.masked().address().low();
    return IpAddress.v4((int) (seen.masked().address().low() | host));
  }
}
