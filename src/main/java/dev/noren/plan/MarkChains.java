package dev.noren.plan;

import dev.noren.net.Cidr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which way a packet is to take: the mark by which the routing rules, and the chains after them,
 * know it. Each packet is looked at anew, so that a change holds for the flows that are there. What
 * leaves by a line has a mark too: a packet without one was not looked at by these rules, as in the
 * midst of a change, and goes nowhere.
 */
final class MarkChains {
  private static final String HOOK = "filter hook prerouting priority mangle";
  private static final String OWN_HOOK = "route hook output priority mangle";

  private final FirewallScope scope;

  private MarkChains(FirewallScope scope) {
    this.scope = scope;
  }

  /** A subnet and who takes it. */
  private record Target(Cidr subnet, FirewallTunnel tunnel) {}

  static List<NftChain> of(FirewallScope scope) {
    return new MarkChains(scope).all();
  }

  private List<NftChain> all() {
    boolean clients = scope.forwards() && scope.hasLan();
    List<NftChain> chains = new ArrayList<>();
    if (clients) {
      chains.add(base());
      chains.add(clients());
    }
    chains.add(own());
    if (tunnels()) {
      chains.add(flows());
    }
    chains.add(destinations());
    scope.tunnels().forEach(tunnel -> chains.add(take(tunnel)));
    if (clients && tunnels()) {
      chains.add(fromLine());
      scope.tunnels().forEach(tunnel -> chains.add(in(tunnel)));
      scope.tunnels().stream().filter(scope::sendsOn).forEach(tunnel -> chains.add(on(tunnel)));
    }
    return chains;
  }

  private boolean tunnels() {
    return !scope.tunnels().isEmpty();
  }

  private NftChain base() {
    NftChain chain =
        NftChain.base("prerouting", "Which way a client's packet is to take.", HOOK, "accept");
    List<String> tunnels = scope.tunnels().stream().map(FirewallTunnel::in).toList();
    scope.dispatch("clients", tunnels() ? "from_line_flow" : null, tunnels).forEach(chain::rule);
    return chain;
  }

  private NftChain clients() {
    NftChain chain =
        NftChain.named("clients", "What a client sends: what stays in the shop has no mark.");
    if (scope.beside()) {
      chain
          .say("An answer to a flow out of a tunnel, whose sender Noren has stood for until here.")
          .each("ct direction reply ct mark %s meta mark set ct mark accept", scope.tunnelMarks());
    }
    chain
        .each("ip daddr %s jump destinations", scope.inLan(false))
        .each("ip6 daddr %s jump destinations", scope.inLan(true))
        .rule("ip daddr %s return", scope.lan().networks(false))
        .rule("ip daddr %s return", scope.fixedAddress())
        .rule("ip6 daddr %s return", scope.lan().near6())
        .ruleIf(tunnels(), "jump flows");
    for (FirewallTunnel tunnel : scope.tunnels()) {
      chain.each("ether saddr %s jump " + tunnel.take(), tunnel.devices());
    }
    return chain.rule("jump destinations");
  }

  private NftChain own() {
    List<String> near4 = new ArrayList<>(scope.lan().networks(false));
    near4.addAll(List.of("224.0.0.0/4", "255.255.255.255"));
    return NftChain.base(
            "own",
            """
            Noren's own packets go where a client's would; but not the tunnels' own, which have a
            mark already, nor what a line needs to come up, nor the time.\
            """,
            OWN_HOOK,
            "accept")
        .rule("meta mark != 0 accept")
        .rule("oifname \"lo\" accept")
        .rule("ip daddr %s udp dport 67 accept", scope.inLan(false))
        .each("ip daddr %s jump destinations", scope.inLan(false))
        .each("ip6 daddr %s jump destinations", scope.inLan(true))
        .rule("ip daddr %s accept", near4)
        .rule("ip6 daddr %s accept", scope.lan().near6())
        .rule("udp sport . udp dport { 68 . 67, 546 . 547 } accept")
        .rule("udp dport 123 accept")
        .ruleIf(tunnels(), "jump flows")
        .rule("jump destinations");
  }

  private NftChain flows() {
    NftChain chain =
        NftChain.named(
                "flows",
                """
                A flow that came out of a tunnel is answered through it. One that went into it goes
                on in it, unless it has become an exception. Nothing else is remembered.\
                """)
            .each("ct direction reply ct mark %1$s meta mark set %1$s accept", scope.tunnelMarks());
    scope.tunnels().forEach(each -> chain.rule("ct mark " + each.mark() + " jump " + each.take()));
    return chain;
  }

  private NftChain destinations() {
    NftChain chain =
        NftChain.named("destinations", "By where it goes: the narrowest subnet, a name, or all.");
    subnets(chain, false);
    subnets(chain, true);
    for (FirewallTunnel tunnel : scope.tunnels()) {
      if (!tunnel.names().domains().isEmpty()) {
        chain.rule("ip daddr @" + tunnel.names().set4() + " jump " + tunnel.take());
        chain.rule("ip6 daddr @" + tunnel.names().set6() + " jump " + tunnel.take());
      }
    }
    if (scope.full() != null) {
      chain.rule("jump " + scope.full().take());
    }
    return chain
        .say("Only what has this mark leaves by a line.")
        .rule("meta mark set " + Marks.hex(Marks.DIRECT));
  }

  /** One rule for each run of subnets of the same tunnel, the longest prefix first. */
  private void subnets(NftChain chain, boolean v6) {
    List<Target> targets = new ArrayList<>();
    for (FirewallTunnel tunnel : scope.tunnels()) {
      tunnel.subnets(v6).forEach(subnet -> targets.add(new Target(subnet, tunnel)));
    }
    targets.sort(
        Comparator.comparingInt((Target each) -> each.subnet().prefixLength())
            .reversed()
            .thenComparingInt(each -> each.tunnel().plan().number()));
    for (int from = 0; from < targets.size(); ) {
      FirewallTunnel tunnel = targets.get(from).tunnel();
      int to = from;
      while (to < targets.size() && targets.get(to).tunnel().equals(tunnel)) {
        to++;
      }
      List<Cidr> run = targets.subList(from, to).stream().map(Target::subnet).toList();
      chain.each((v6 ? "ip6" : "ip") + " daddr %s jump " + tunnel.take(), run);
      from = to;
    }
  }

  private static NftChain take(FirewallTunnel tunnel) {
    NftChain chain =
        NftChain.named(tunnel.take(), "Into " + tunnel.name() + ", unless it is an exception.")
            .rule("ether saddr %s return", tunnel.exceptDevices())
            .rule("ip daddr %s return", tunnel.exceptSubnets(false))
            .rule("ip6 daddr %s return", tunnel.exceptSubnets(true));
    if (!tunnel.exceptNames().domains().isEmpty()) {
      chain.rule("ip daddr @" + tunnel.exceptNames().set4() + " return");
      chain.rule("ip6 daddr @" + tunnel.exceptNames().set6() + " return");
    }
    return chain.rule("meta mark set " + tunnel.mark() + " accept");
  }

  private NftChain fromLine() {
    NftChain chain =
        NftChain.named("from_line_flow", "A tunnel's flow has no packets on a line.")
            .rule(
                "ct mark & %s == %s ".formatted(Marks.hex(Marks.KIND_BITS), Marks.hex(Marks.TUNNEL))
                    + FirewallCounter.ADDRESS.drop())
            .ruleIf(
                scope.anyGoesOn(),
                "ct mark & 0xffff0000 == %s ct mark & 0x000000ff != 0 "
                        .formatted(Marks.hex(Marks.PASSING))
                    + FirewallCounter.ADDRESS.drop());
    ShopChains.markAnswers(chain, scope, null);
    return chain;
  }

  private NftChain in(FirewallTunnel tunnel) {
    int number = tunnel.plan().number();
    StringBuilder others = new StringBuilder();
    if (scope.sendsOn(tunnel)) {
      others.append(isNot(Marks.PASSING_FROM_BITS, Marks.passing(number, 0)));
    }
    if (scope.anyGoesOn()) {
      others.append(isNot(Marks.PASSING_TO_BITS, Marks.passing(0, number)));
    }
    NftChain chain =
        NftChain.named(
                tunnel.in(), "Out of " + tunnel.name() + " come its own flows, and new ones.")
            .rule("ct state new ct mark set " + tunnel.mark())
            .rule(others + "ct mark != " + tunnel.mark() + " " + FirewallCounter.ADDRESS.drop())
            .ruleIf(tunnel.carries(false), clamp("ipv4", tunnel.mss(false)))
            .ruleIf(tunnel.carries(true), clamp("ipv6", tunnel.mss(true)));
    String on = "saddr %s ct direction original jump " + onward(tunnel);
    chain.each("ip " + on, scope.sendersOn(tunnel, false));
    chain.each("ip6 " + on, scope.sendersOn(tunnel, true));
    ShopChains.markAnswers(chain, scope, tunnel);
    exchange(chain, tunnel);
    return chain;
  }

  private static String isNot(int bits, int mark) {
    return "ct mark & %s != %s ".formatted(Marks.hex(bits), Marks.hex(mark));
  }

  private static String onward(FirewallTunnel tunnel) {
    return "t" + tunnel.plan().number() + "_onward";
  }

  /** What is sent to elsewhere than the shop's network goes where a client's would. */
  private NftChain on(FirewallTunnel tunnel) {
    String who = tunnel.letsShopsOut() ? "What a far shop of " : "What a device of ";
    return NftChain.named(onward(tunnel), who + tunnel.name() + " sends, as a client would.")
        .each("ip daddr %s jump destinations", scope.inLan(false))
        .each("ip6 daddr %s jump destinations", scope.inLan(true))
        .rule("ip daddr %s return", scope.lan().networks(false))
        .rule("ip6 daddr %s return", scope.lan().near6())
        .rule("jump destinations");
  }

  /** What one far shop sends to another goes back into the same tunnel. */
  private static void exchange(NftChain chain, FirewallTunnel tunnel) {
    for (boolean v6 : new boolean[] {false, true}) {
      String family = v6 ? "ip6" : "ip";
      if (!tunnel.exchanged(v6).isEmpty()) {
        chain.rule(
            "%s saddr %s %s daddr %s meta mark set %s"
                .formatted(
                    family,
                    NftChain.set(tunnel.shopsInTunnel(v6)),
                    family,
                    NftChain.set(tunnel.exchanged(v6)),
                    tunnel.mark()));
      }
    }
  }

  /** Nft never makes a size greater than it is. */
  private static String clamp(String family, int mss) {
    return "meta nfproto "
        + family
        + " tcp flags & (syn | rst) == syn tcp option maxseg size set "
        + mss;
  }
}
