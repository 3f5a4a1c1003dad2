package dev.noren.plan;

import dev.noren.forms.SubnetMap;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The first look at a packet, before connection tracking learns from it: whether it can come from
 * where it says it does. The kernel's reverse path filter does not know of marks and is off.
 */
final class SourceChains {
  private static final String DROP = FirewallCounter.ADDRESS.drop();

  private SourceChains() {}

  static List<NftChain> of(FirewallScope scope) {
    List<NftChain> chains = new ArrayList<>();
    chains.add(base(scope));
    if (!scope.tunnels().isEmpty()) {
      chains.add(tunnelAddresses(scope));
      chains.add(fromTunnel(scope));
    }
    if (!scope.beside() && scope.hasLan()) {
      chains.add(fromLan(scope));
    }
    chains.add(fromLine(scope));
    return chains;
  }

  private static NftChain base(FirewallScope scope) {
    NftChain chain =
        NftChain.base(
                "sources",
                "Which addresses a packet may have, by where it comes from.",
                "filter hook prerouting priority raw",
                "accept")
            .rule("ip daddr %s jump to_tunnel_address", scope.tunnelAddresses(false))
            .rule("ip6 daddr %s jump to_tunnel_address", scope.tunnelAddresses(true));
    List<String> tunnels = scope.tunnels().stream().map(each -> "from_tunnel_address").toList();
    if (!scope.untrackedPorts().isEmpty()) {
      chain.say("Strangers' datagrams for a tunnel fill no table of flows: it knows its own.");
      for (String line : scope.lines().devices()) {
        chain.rule(
            "iifname " + line + " fib daddr type local udp dport %s notrack",
            scope.untrackedPorts());
      }
    }
    String toLan = scope.beside() ? null : "from_lan_address";
    scope.dispatch(toLan, "from_line_address", tunnels).forEach(chain::rule);
    return chain;
  }

  private static NftChain tunnelAddresses(FirewallScope scope) {
    NftChain chain =
        NftChain.named(
            "to_tunnel_address",
            "A tunnel's own address is reached through it alone: else a neighbour could find out"
                + " which\nflows there are in it, and put packets into them (CVE-2019-14899).");
    for (FirewallTunnel tunnel : scope.tunnels()) {
      String device = "iifname " + tunnel.device();
      chain
          .rule(device + " ip daddr %s return", tunnel.addresses(false))
          .rule(device + " ip6 daddr %s return", tunnel.addresses(true));
    }
    return chain.rule("iifname \"lo\" return").rule(DROP);
  }

  private static NftChain fromTunnel(FirewallScope scope) {
    NftChain chain = NftChain.named("from_tunnel_address", "Out of a tunnel nobody is one of us.");
    for (FirewallTunnel tunnel : scope.tunnels()) {
      String from = "iifname " + tunnel.device();
      mapped(chain, scope, tunnel, from);
      chain
          .rule(from + " ip saddr %s return", scope.lan().subnetsOf(tunnel, false))
          .rule(from + " ip6 saddr %s return", scope.lan().subnetsOf(tunnel, true));
      callers(chain, scope, tunnel, from);
    }
    return chain
        .rule("ip saddr %s " + DROP, ours(scope, false))
        .rule("ip6 saddr %s " + DROP, ours(scope, true));
  }

  /** Noren's own address lies in its devices' network, and nobody out there has it. */
  private static void callers(
      NftChain chain, FirewallScope scope, FirewallTunnel tunnel, String from) {
    for (boolean v6 : new boolean[] {false, true}) {
      String saddr = v6 ? " ip6 saddr " : " ip saddr ";
      if (!tunnel.callerNetworks(v6).isEmpty()) {
        chain
            .rule(from + saddr + "%s " + DROP, scope.tunnelAddresses(v6))
            .rule(from + saddr + "%s return", tunnel.callerNetworks(v6));
      }
    }
  }

  /** A far shop may call its machines as this one does, but knows ours by other addresses. */
  private static void mapped(
      NftChain chain, FirewallScope scope, FirewallTunnel tunnel, String from) {
    if (tunnel.ownSeenAs() != null) {
      chain.rule(from + " ip daddr %s " + DROP, scope.lan().networks(false));
    }
    if (scope.hasLan()) {
      for (SubnetMap map : tunnel.farMaps()) {
        chain.rule(
            from
                + " ip saddr "
                + map.real()
                + " ip saddr != "
                + scope.lan().ownAddress()
                + " return");
      }
    }
  }

  private static NftChain fromLan(FirewallScope scope) {
    List<String> v6 =
        Stream.concat(scope.lan().networks(true).stream(), Stream.of("fe80::/10", "::")).toList();
    return NftChain.named(
            "from_lan_address",
            "A client has an address of the shop's network, or has none yet and asks for one.")
        .rule("ip saddr %s accept", scope.lan().networks(false))
        .rule("ip6 saddr %s accept", v6)
        .rule("ip saddr 0.0.0.0 udp sport . udp dport { 68 . 67 } accept")
        .rule(DROP);
  }

  private static NftChain fromLine(FirewallScope scope) {
    NftChain chain = NftChain.named("from_line_address", "On a line nobody is one of us.");
    if (scope.beside()) {
      return chain
          .rule("ip saddr %s " + DROP, elsewhere(scope, false))
          .rule("ip6 saddr %s " + DROP, elsewhere(scope, true));
    }
    return chain
        .rule("ip saddr %s " + DROP, ours(scope, false))
        .rule("ip6 saddr %s " + DROP, ours(scope, true))
        .rule("ip daddr %s " + DROP, scope.lan().networks(false))
        .rule("ip daddr %s " + DROP, scope.fixedAddress());
  }

  private static List<String> ours(FirewallScope scope, boolean v6) {
    return Stream.concat(scope.lan().networks(v6).stream(), elsewhere(scope, v6).stream()).toList();
  }

  /** Who is in a tunnel and nowhere else: its own end, and the devices that call in by it. */
  private static List<String> elsewhere(FirewallScope scope, boolean v6) {
    return Stream.concat(
            scope.tunnels().stream()
                .filter(each -> each.callerNetworks(v6).isEmpty())
                .flatMap(each -> each.addresses(v6).stream()),
            scope.callerNetworks(v6).stream())
        .toList();
  }
}
