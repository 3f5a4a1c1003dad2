package dev.noren.plan;

import dev.noren.forms.SubnetMap;
import dev.noren.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which addresses are put in place of others; the kernel asks once for each flow. Those of senders
 * are {@link SourceNat}'s.
 */
final class NatChains {
  /** Where the shop asks Noren for names; on a line it may be one of a tunnel's further ports. */
  private static final int NAMES_PORT = 53;

  private final FirewallScope scope;

  private NatChains(FirewallScope scope) {
    this.scope = scope;
  }

  static List<NftChain> of(FirewallScope scope) {
    return scope.forwards() && scope.hasLan() ? new NatChains(scope).all() : List.of();
  }

  private List<NftChain> all() {
    List<NftChain> chains = new ArrayList<>();
    boolean ports = scope.tunnels().stream().anyMatch(t -> !t.config().alsoPorts().isEmpty());
    boolean maps = scope.tunnels().stream().anyMatch(t -> !t.farMaps().isEmpty());
    boolean lan = scope.forcesNames() || (ports && scope.beside()) || maps || scope.isPortal();
    NftChain base =
        NftChain.base(
            "dstnat",
            "What is meant for others comes to Noren.",
            "nat hook prerouting priority dstnat",
            "accept");
    scope.tunnels().forEach(tunnel -> outOf(base, tunnel));
    scope
        .dispatch(lan ? "dstnat_lan" : null, ports ? "dstnat_line" : null, List.of())
        .forEach(base::rule);
    chains.add(base);
    List<FirewallTunnel> out =
        scope.tunnels().stream().filter(each -> scope.forcesNames() && each.hasInternet()).toList();
    out.forEach(each -> base.rule("iifname " + each.device() + " goto dstnat_devices"));
    if (!out.isEmpty()) {
      chains.add(devices());
    }
    if (lan) {
      chains.add(lan(ports));
    }
    if (ports) {
      NftChain line = NftChain.named("dstnat_line", "Further ports that lead to the tunnels'.");
      chains.add(alsoPorts(line, port -> true));
    }
    chains.add(new SourceNat(scope).chain());
    if (maps) {
      chains.add(own());
      chains.add(input());
    }
    return chains;
  }

  private NftChain lan(boolean ports) {
    NftChain chain =
        NftChain.named("dstnat_lan", "Clients ask Noren for names, whomever they meant to ask.");
    if (scope.forcesNames()) {
      // A redirect leads to the first address of the interface, which may be another.
      String to = " dport 53 fib daddr type != local ";
      chain
          .each(
              "meta nfproto ipv4 %s" + to + "dnat ip to " + scope.lan().ownAddress(),
              List.of("udp", "tcp"))
          .each("meta nfproto ipv6 %s" + to + "redirect", List.of("udp", "tcp"));
    }
    if (scope.isPortal()) {
      chain.say("Whose is the box? A telephone that looks for the internet finds the page.");
      // Not the fixed one: an interface without an address would have that for its neighbour.
      for (IpAddress own : scope.ownPageAddresses()) {
        chain.rule(
            "meta nfproto %s tcp dport 80 fib daddr type != local dnat %s to %s"
                .formatted(own.v6() ? "ipv6" : "ipv4", own.v6() ? "ip6" : "ip", own));
      }
    }
    if (ports && scope.beside()) {
      chain.say("A router that forwards a port may put its own address in the sender's place.");
      alsoPorts(chain, port -> port != NAMES_PORT);
    }
    scope.tunnels().forEach(tunnel -> into(chain, tunnel));
    return chain;
  }

  /** A server of the shop's network is none of the internet's: a rule may let a device ask it. */
  private NftChain devices() {
    String redirect = " %s dport 53 fib daddr type != local redirect";
    return NftChain.named(
            "dstnat_devices", "Nor do devices ask others that go out through the shop.")
        .each(
            "ip daddr != " + NftChain.set(scope.lan().networks(false)) + redirect,
            List.of("udp", "tcp"))
        .each(
            "ip6 daddr != " + NftChain.set(scope.lan().near6()) + redirect, List.of("udp", "tcp"));
  }

  /** What is sent to a far network as it is seen here gets the address that it has there. */
  private static void into(NftChain chain, FirewallTunnel tunnel) {
    for (SubnetMap map : tunnel.farMaps()) {
      chain.rule(
          "meta mark %s ip daddr %s dnat ip prefix to %s"
              .formatted(tunnel.mark(), map.seen(), map.real()));
    }
  }

  /** A far shop knows the shop's own network, and that of another shop, as others. */
  private void outOf(NftChain chain, FirewallTunnel tunnel) {
    String from = "iifname " + tunnel.device();
    if (tunnel.ownSeenAs() != null) {
      chain.each(
          from + " ip daddr " + tunnel.ownSeenAs().masked() + " dnat ip prefix to %s",
          scope.lan().networks(false));
    }
    if (tunnel.access() != null && tunnel.access().exchange()) {
      for (SubnetMap map : tunnel.farMaps()) {
        chain.rule(
            "%s meta mark %s ip daddr %s dnat ip prefix to %s"
                .formatted(from, tunnel.mark(), map.seen(), map.real()));
      }
    }
  }

  private NftChain own() {
    NftChain chain =
        NftChain.base(
            "dstnat_own",
            "The same for what Noren sends itself.",
            "nat hook output priority -100",
            "accept");
    scope.tunnels().forEach(tunnel -> into(chain, tunnel));
    return chain;
  }

  private NftChain input() {
    NftChain chain =
        NftChain.base(
            "srcnat_own",
            "And for who comes to Noren itself.",
            "nat hook input priority 100",
            "accept");
    for (FirewallTunnel tunnel : scope.tunnels()) {
      SourceNat.seenAs(chain, tunnel, "iifname " + tunnel.device());
    }
    return chain;
  }

  private NftChain alsoPorts(NftChain chain, Predicate<Integer> which) {
    for (FirewallTunnel tunnel : scope.tunnels()) {
      chain.rule(
          "fib daddr type local udp dport %s redirect to :" + tunnel.config().listenPort(),
          tunnel.config().alsoPorts().stream().filter(which).toList());
    }
    return chain;
  }
}
