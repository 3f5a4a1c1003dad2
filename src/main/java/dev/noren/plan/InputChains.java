package dev.noren.plan;

import java.util.ArrayList;
import java.util.List;

/** What may come to Noren itself. Whatever no rule knows may not. */
final class InputChains {
  /** How neighbours on one link find each other and groups are kept (RFC 4861, RFC 3810). */
  static final String NEIGHBOURS =
      "nd-neighbor-solicit, nd-neighbor-advert, mld-listener-query, mld-listener-report,"
          + " mld-listener-done, mld2-listener-report";

  private static final String HOOK = "filter hook input priority filter";
  private static final String LINE_ADDRESS = "udp sport . udp dport { 67 . 68, 547 . 546 } accept";

  private InputChains() {}

  static List<NftChain> of(FirewallScope scope) {
    List<NftChain> chains = new ArrayList<>();
    chains.add(base(scope));
    if (scope.hasLan()) {
      chains.add(lan(scope));
    }
    chains.add(line(scope));
    if (!scope.tunnels().isEmpty()) {
      chains.add(tunnel());
    }
    return chains;
  }

  /** While nothing is known: what a line needs to come up. */
  static NftChain closed() {
    return NftChain.base("input", "To Noren itself.", HOOK, "drop")
        .rule("iifname \"lo\" accept")
        .rule(LINE_ADDRESS)
        .rule("icmpv6 type { nd-router-advert, " + NEIGHBOURS + " } accept");
  }

  private static NftChain base(FirewallScope scope) {
    NftChain chain =
        NftChain.base("input", "To Noren itself.", HOOK, "drop")
            .rule("iifname \"lo\" accept")
            .rule("ct state established accept")
            .say("Nobody tells Noren another way.")
            .rule("icmp type redirect " + FirewallCounter.FORWARD.drop())
            .rule("icmpv6 type nd-redirect " + FirewallCounter.FORWARD.drop())
            .rule("ct state related accept")
            .rule("ct state invalid " + FirewallCounter.INVALID.drop());
    List<String> tunnels = scope.tunnels().stream().map(each -> "input_tunnel").toList();
    scope.dispatch("input_lan", "input_line", tunnels).forEach(chain::rule);
    return chain.rule(FirewallCounter.FROM_LINE.drop());
  }

  private static NftChain lan(FirewallScope scope) {
    NftChain chain =
        NftChain.named("input_lan", "What Noren offers in the shop: its page, names, a lease.")
            .rule("icmp type echo-request accept")
            .rule("icmpv6 type { echo-request, nd-router-solicit, " + NEIGHBOURS + " } accept")
            .rule("udp dport %s accept", lanPorts(scope))
            .rule("tcp dport { 22, 53, 80, 443 } accept");
    if (scope.beside()) {
      line(chain, scope);
    }
    return chain.rule(FirewallCounter.FROM_LAN.drop());
  }

  /** Beside, a router that forwards a port may put its own address in place of the sender's. */
  private static List<Integer> lanPorts(FirewallScope scope) {
    List<Integer> ports = new ArrayList<>(List.of(53));
    if (scope.servesDhcp()) {
      ports.add(67);
    }
    if (!scope.lan(true).isEmpty()) {
      ports.add(547);
    }
    ports.addAll(scope.listenPorts());
    return ports;
  }

  private static NftChain line(FirewallScope scope) {
    NftChain chain =
        NftChain.named("input_line", "Towards a line nothing is open but the tunnels' ports.")
            .rule("udp dport %s accept", scope.listenPorts());
    line(chain, scope);
    return chain.rule(FirewallCounter.FROM_LINE.drop());
  }

  /** What a line needs to come up, and on the one port beside a client without an address. */
  private static void line(NftChain chain, FirewallScope scope) {
    chain
        .ruleIf(
            scope.beside() && scope.servesDhcp(),
            "ip saddr 0.0.0.0 udp sport . udp dport { 68 . 67 } accept")
        .rule(LINE_ADDRESS)
        .rule("icmpv6 type { nd-router-advert, " + NEIGHBOURS + " } accept");
  }

  private static NftChain tunnel() {
    return NftChain.named("input_tunnel", "What Noren offers to the far ends.")
        .rule("icmp type echo-request accept")
        .rule("icmpv6 type echo-request accept")
        .rule("udp dport 53 accept")
        .rule("tcp dport 53 accept")
        .rule(FirewallCounter.FROM_TUNNEL.drop());
  }
}
