package dev.noren.plan;

import dev.noren.net.LocalNames;
import java.util.List;

/** What may leave. Noren's own packets have marks by {@link MarkChains}, as clients' have. */
final class OutputChains {
  private static final String HOOK = "filter hook output priority filter";
  private static final String LINE_ADDRESS = "udp sport . udp dport { 68 . 67, 546 . 547 } accept";
  private static final String NEIGHBOURS =
      "icmpv6 type { nd-router-solicit, " + InputChains.NEIGHBOURS + " } accept";

  private OutputChains() {}

  /** While nothing is known: what a line needs to come up. */
  static NftChain closed() {
    return base().rule("oifname \"lo\" accept").rule(LINE_ADDRESS).rule(NEIGHBOURS);
  }

  /**
   * Before and after the routing decision: only the second chain sees the device that a mark leads
   * to.
   */
  static List<NftChain> of(FirewallScope scope) {
    NftChain output =
        NftChain.base("output", "From Noren itself.", HOOK, "accept")
            .say("Nobody is told a way past Noren.")
            .rule("icmp type redirect drop")
            .rule("icmpv6 type nd-redirect drop");
    ForwardChains.notCarried(output, scope);
    return List.of(output, leaving(scope));
  }

  private static NftChain base() {
    return NftChain.base(
        "leaving",
        "Where a packet leaves, a client's or Noren's own.",
        "filter hook postrouting priority filter",
        "drop");
  }

  private static NftChain leaving(FirewallScope scope) {
    NftChain chain = base().rule("meta mark " + Marks.hex(Marks.OUTER) + " accept");
    ForwardChains.marked(chain, scope);
    chain.rule("oifname \"lo\" accept");
    chain.rule("oifname %s accept", scope.tunnelDevices());
    chain.say("An error that belongs to no flow may quote what came out of a tunnel.");
    scope
        .lines()
        .matches()
        .forEach(
            match -> chain.rule(match + " ct state invalid " + FirewallCounter.INVALID.drop()));
    chain.each("%s accept", scope.lines().ownMarks());
    if (scope.beside() && scope.hasLan()) {
      besideLan(chain, scope);
    } else if (scope.hasLan()) {
      chain.rule("oifname " + scope.lan().device() + " accept");
    }
    return chain
        .say("What a line needs to come up, and the time.")
        .rule(LINE_ADDRESS)
        .rule(NEIGHBOURS)
        .rule("udp dport 123 accept")
        .rule(FirewallCounter.OWN.drop());
  }

  /** A name server of the shop's network would ask on in the clear, unless somebody chose it. */
  private static void besideLan(NftChain chain, FirewallScope scope) {
    String device = "oifname " + scope.lan().device();
    String lan4 = device + " ip daddr " + NftChain.set(scope.lan().networks(false));
    String lan6 = device + " ip6 daddr " + NftChain.set(scope.lan().near6());
    String ask =
        " meta l4proto { tcp, udp } th dport { 53, 853 } ct direction original fib saddr type local"
            + " ";
    if (scope.sealed()) {
      chain
          .rule(device + " ip daddr %s accept", scope.namedServers(false))
          .rule(device + " ip6 daddr %s accept", scope.namedServers(true))
          .rule(device + ask + FirewallCounter.OWN.drop());
    }
    String own = device + " ip saddr " + scope.lan().ownAddress() + " ip daddr ";
    chain
        .ruleIf(
            scope.isNamed(),
            own
                + "%s udp sport %d udp dport %d accept"
                    .formatted(LocalNames.GROUP, LocalNames.PORT, LocalNames.PORT))
        .ruleIf(scope.isNamed(), device + " ip daddr 224.0.0.0/24 ip protocol igmp accept")
        .rule(lan4 + " accept")
        .rule(lan6 + " accept")
        .ruleIf(scope.servesDhcp(), device + " udp sport . udp dport { 67 . 68 } accept");
  }
}
