package dev.noren.plan;

import java.util.ArrayList;
import java.util.List;

/** What Noren itself may send. It has tunnels' marks by {@link MarkChains}, as clients have. */
final class OutputChain {
  private static final String HOOK = "filter hook output priority filter";
  private static final String LINE_ADDRESS = "udp sport . udp dport { 68 . 67, 546 . 547 } accept";
  private static final String NEIGHBOURS =
      "icmpv6 type { nd-router-solicit, " + InputChains.NEIGHBOURS + " } accept";

  private OutputChain() {}

  /** While nothing is known: what a line needs to come up. */
  static NftChain closed() {
    return NftChain.base("output", "From Noren itself.", HOOK, "drop")
        .rule("oifname \"lo\" accept")
        .rule(LINE_ADDRESS)
        .rule(NEIGHBOURS);
  }

  static NftChain of(FirewallScope scope) {
    NftChain chain =
        NftChain.base("output", "From Noren itself.", HOOK, "drop")
            .rule("meta mark " + Marks.hex(Marks.OUTER) + " accept")
            .rule("oifname \"lo\" accept")
            .say("Nobody is told a way past Noren.")
            .rule("icmp type redirect drop")
            .rule("icmpv6 type nd-redirect drop");
    if (!scope.tunnels().isEmpty()) {
      List<String> cases =
          scope.tunnels().stream().map(each -> each.mark() + " : goto " + each.out()).toList();
      chain.rule("meta mark vmap { " + String.join(", ", cases) + " }");
    }
    chain.rule("oifname %s accept", scope.tunnelDevices());
    if (scope.sealed()) {
      return sealed(chain, scope);
    }
    chain.say("An error that belongs to no flow may quote what came out of a tunnel.");
    scope
        .toLines()
        .forEach(
            match -> chain.rule(match + " ct state invalid " + FirewallCounter.INVALID.drop()));
    return chain.rule("accept");
  }

  private static NftChain sealed(NftChain chain, FirewallScope scope) {
    chain.say(scope.full().name() + " takes all but what a line needs to come up, and the time.");
    if (scope.beside() && scope.hasLan()) {
      besideLan(chain, scope);
    } else if (scope.hasLan()) {
      chain.rule("oifname " + scope.lanDevice() + " accept");
    }
    List<String> marks = new ArrayList<>(scope.lineMarks());
    marks.add(Marks.hex(Marks.DIRECT));
    return chain
        .rule("oifname %s meta mark " + NftChain.set(marks) + " accept", scope.lines())
        .rule(LINE_ADDRESS)
        .rule(NEIGHBOURS)
        .rule("udp dport 123 accept")
        .rule(FirewallCounter.OWN.drop());
  }

  /** A name server of the shop's network would ask on in the clear, unless somebody chose it. */
  private static void besideLan(NftChain chain, FirewallScope scope) {
    String device = "oifname " + scope.lanDevice();
    String lan4 = device + " ip daddr " + NftChain.set(scope.lan(false));
    String lan6 = device + " ip6 daddr " + NftChain.set(scope.near6());
    String ask = " meta l4proto { tcp, udp } th dport { 53, 853 } ct direction original ";
    chain
        .rule("ip daddr %s" + ask + "accept", scope.namedServers(false))
        .rule("ip6 daddr %s" + ask + "accept", scope.namedServers(true))
        .rule(device + ask + FirewallCounter.OWN.drop())
        .rule(lan4 + " accept")
        .rule(lan6 + " accept")
        .ruleIf(scope.servesDhcp(), device + " udp sport . udp dport { 67 . 68 } accept");
  }
}
