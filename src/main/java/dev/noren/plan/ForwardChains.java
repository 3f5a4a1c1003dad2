package dev.noren.plan;

import dev.noren.net.Cidr;
import java.util.ArrayList;
import java.util.List;

/** What goes from one network into another. Whatever no rule knows does not. */
final class ForwardChains {
  static final String HOOK = "filter hook forward priority filter";
  private static final String REFUSE = FirewallCounter.FORWARD.drop();

  private ForwardChains() {}

  static List<NftChain> of(FirewallScope scope) {
    List<NftChain> chains = new ArrayList<>();
    chains.add(base(scope));
    // Noren's own packets go by these too, so they are needed even without a shop's network.
    scope.tunnels().forEach(tunnel -> chains.add(out(scope, tunnel)));
    if (!scope.forwards() || !scope.hasLan()) {
      return chains;
    }
    if (scope.forcesNames()) {
      chains.add(otherServers());
    }
    chains.add(fromLan(scope));
    chains.add(fromLine(scope));
    if (scope.tunnels().stream().anyMatch(tunnel -> tunnel.access() == null)) {
      chains.add(fromTunnel(scope));
    }
    scope.tunnels().stream()
        .filter(tunnel -> tunnel.access() != null)
        .forEach(tunnel -> chains.add(fromForm(scope, tunnel)));
    chains.addAll(ShopChains.of(scope));
    chains.addAll(DeviceChains.of(scope));
    return chains;
  }

  private static NftChain base(FirewallScope scope) {
    NftChain chain = NftChain.base("forward", "From one network into another.", HOOK, "drop");
    if (!scope.forwards() || !scope.hasLan()) {
      return chain.rule(REFUSE);
    }
    chain.rule("ct state invalid " + FirewallCounter.INVALID.drop());
    // Whoever comes by an invitation goes nowhere before he is accepted.
    scope
        .pairings()
        .forEach(
            (device, pairing) ->
                chain.rule(InputChains.provisionalSource(device, pairing) + " " + REFUSE));
    things(chain, scope);
    notCarried(chain, scope);
    if (scope.forcesNames()) {
      String device = "iifname " + scope.lan().device();
      List<String> ports =
          List.of("udp dport 53", "tcp dport 53", "tcp dport 853", "udp dport 853");
      chain.each(device + " %s jump other_servers", ports);
    }
    ShopChains.dispatch(chain, scope);
    DeviceChains.dispatch(chain, scope);
    marked(chain, scope);
    List<String> tunnels = scope.tunnels().stream().map(FirewallTunnel::from).toList();
    scope.dispatch("from_lan", "from_line", tunnels).forEach(chain::rule);
    return chain.rule(REFUSE);
  }

  /** The shop's things answer who comes to them, and begin nothing. */
  private static void things(NftChain chain, FirewallScope scope) {
    chain.each(
        "iifname "
            + scope.lan().device()
            + " ether saddr %s ct direction original counter name "
            + AccessCounter.THINGS
            + " drop",
        scope.things());
  }

  /** Refused aloud, so that whoever sent it tries the other family at once. */
  static void notCarried(NftChain chain, FirewallScope scope) {
    for (FirewallTunnel tunnel : scope.tunnels()) {
      for (boolean v6 : new boolean[] {false, true}) {
        if (!tunnel.carries(v6)) {
          chain.rule(
              "meta nfproto %s meta mark %s counter name %s reject with %s admin-prohibited"
                  .formatted(
                      v6 ? "ipv6" : "ipv4",
                      tunnel.mark(),
                      FirewallCounter.notCarried(tunnel.name()),
                      v6 ? "icmpv6" : "icmp"));
        }
      }
    }
  }

  /** What has a tunnel's mark. */
  static void marked(NftChain chain, FirewallScope scope) {
    scope.tunnels().forEach(each -> chain.rule("meta mark " + each.mark() + " goto " + each.out()));
  }

  /** Those that are redirected never come here; these are flows from before, or encrypted. */
  private static NftChain otherServers() {
    String count = "counter name " + FirewallCounter.NAMES.text() + " reject";
    return NftChain.named("other_servers", "Clients ask nobody but Noren for names.")
        .rule("meta l4proto tcp " + count + " with tcp reset")
        .rule(count);
  }

  /** The device is that of the routing decision, so Noren's own packets come here last of all. */
  private static NftChain out(FirewallScope scope, FirewallTunnel tunnel) {
    NftChain chain =
        NftChain.named(
            tunnel.out(),
            "What is to take "
                + tunnel.name()
                + (tunnel.config().killSwitch()
                    ? " leaves through it, or not at all."
                    : " may leave by a line while it is down."));
    String through = "oifname " + tunnel.device();
    chain.ruleIf(
        scope.anyGoesOn(),
        "%s ct mark & %s == %s accept"
            .formatted(
                through,
                Marks.hex(Marks.PASSING_TO_BITS),
                Marks.hex(Marks.passing(0, tunnel.plan().number()))));
    chain.ruleIf(
        tunnel.letsShopsOut(),
        "%s ct direction reply ct mark & %s == %s accept"
            .formatted(
                through,
                Marks.hex(Marks.PASSING_FROM_BITS),
                Marks.hex(Marks.passing(tunnel.plan().number(), 0))));
    chain.rule(through + " ct mark != " + tunnel.mark() + " ct mark set " + tunnel.mark());
    chain.rule(through + " accept");
    if (!tunnel.config().killSwitch()) {
      for (String match : scope.lines().matches()) {
        chain.rule(match + " ct mark " + tunnel.mark() + " ct mark set 0");
        chain.rule(match + " accept");
      }
    }
    return chain.rule("counter name " + FirewallCounter.killSwitch(tunnel.name()) + " drop");
  }

  private static NftChain fromLan(FirewallScope scope) {
    NftChain chain =
        NftChain.named("from_lan", "What no tunnel takes leaves by a line.")
            .rule("meta mark != " + Marks.hex(Marks.DIRECT) + " " + FirewallCounter.DIRECT.drop());
    // In both directions: the kernel takes the smaller of the way on and the way back.
    clamp(chain, scope, "oifname");
    scope.lines().matches().forEach(match -> chain.rule(match + " accept"));
    return chain.rule(REFUSE);
  }

  private static NftChain fromLine(FirewallScope scope) {
    NftChain chain = NftChain.named("from_line", "From a line come answers, and nothing new.");
    clamp(chain, scope, "iifname");
    for (String match : scope.lan().matches()) {
      chain.rule(match + " ct state established accept");
    }
    chain.rule("icmp type redirect " + REFUSE);
    for (String match : scope.lan().matches()) {
      chain.rule(match + " ct state related meta l4proto { icmp, ipv6-icmp } accept");
    }
    return chain.rule(REFUSE);
  }

  private static void clamp(NftChain chain, FirewallScope scope, String device) {
    chain.rule(
        device + " %s tcp flags & (syn | rst) == syn tcp option maxseg size set rt mtu",
        scope.lines().small());
  }

  private static NftChain fromForm(FirewallScope scope, FirewallTunnel tunnel) {
    NftChain chain =
        NftChain.named(
            tunnel.from(), "Out of " + tunnel.name() + " comes what its form lets through.");
    for (String match : scope.lan().matches()) {
      chain.rule(match + " ct state established,related accept");
    }
    for (boolean v6 : new boolean[] {false, true}) {
      List<Cidr> shops = tunnel.shopSenders(v6);
      for (String match : scope.lan().matches(v6)) {
        chain.rule(match + (v6 ? " ip6" : " ip") + " saddr %s accept", shops);
      }
    }
    return chain.rule(tunnel.hasShops() ? ShopChains.refuse(tunnel) : REFUSE);
  }

  private static NftChain fromTunnel(FirewallScope scope) {
    NftChain chain =
        NftChain.named(
            "from_tunnel", "Out of a tunnel into the shop's network, but not on to elsewhere.");
    scope.lan().matches().forEach(match -> chain.rule(match + " accept"));
    return chain.rule(REFUSE);
  }
}
