package dev.noren.plan;

import java.util.ArrayList;
import java.util.List;

/** The last look at a packet, of a client's or Noren's own. */
final class PostroutingChains {
  private static final String DROP = FirewallCounter.ADDRESS.drop();

  private PostroutingChains() {}

  static List<NftChain> of(FirewallScope scope) {
    List<NftChain> chains = new ArrayList<>();
    if (!scope.tunnels().isEmpty()) {
      chains.add(clamp(scope));
    }
    if (scope.forwards() && scope.hasLan()) {
      chains.add(guard(scope));
    }
    return chains;
  }

  private static NftChain clamp(FirewallScope scope) {
    return NftChain.base(
            "clamp",
            "No TCP segment is greater than a tunnel carries; the way back is seen to in t…_in.",
            "filter hook postrouting priority mangle",
            "accept")
        .rule(
            "oifname %s tcp flags & (syn | rst) == syn tcp option maxseg size set rt mtu",
            scope.tunnelDevices());
  }

  /** Nor one of a device that calls in, or of a far shop that goes out through this one. */
  private static void callers(NftChain chain, FirewallScope scope) {
    for (boolean v6 : new boolean[] {false, true}) {
      String saddr = (v6 ? " ip6" : " ip") + " saddr %s " + DROP;
      for (String match : scope.lines().matches(v6)) {
        chain.each(match + saddr, scope.callerNetworks(v6));
        scope.outgoing().forEach(each -> chain.each(match + saddr, each.goingOut(v6)));
      }
    }
  }

  private static NftChain guard(FirewallScope scope) {
    NftChain chain =
        NftChain.base(
            "guard",
            "On a line nobody sees an address of the shop's or of a tunnel's, as after a change"
                + " that\n"
                + "moved a flow whose address had been left as it was.",
            "filter hook postrouting priority srcnat + 10",
            "accept");
    if (!scope.lines().devices().isEmpty()) {
      String line = "oifname " + NftChain.set(scope.lines().devices());
      chain
          .rule(line + " ip saddr %s " + DROP, scope.tunnelAddresses(false))
          .rule(line + " ip6 saddr %s " + DROP, scope.tunnelAddresses(true));
    }
    for (FirewallTunnel tunnel : scope.tunnels()) {
      if (tunnel.ownSeenAs() != null) {
        chain.rule(
            "oifname " + tunnel.device() + " ip saddr %s " + DROP, scope.lan().networks(false));
      }
    }
    String lan = NftChain.set(scope.lan().networks(false));
    callers(chain, scope);
    if (scope.beside()) {
      return chain.rule(
          "oifname %s ip daddr != %s ip saddr %s ip saddr != %s "
                  .formatted(scope.lan().device(), lan, lan, scope.lan().ownAddress())
              + DROP);
    }
    scope
        .fixedAddress()
        .forEach(
            fixed ->
                chain.each("oifname %s ip saddr " + fixed + " " + DROP, scope.lines().devices()));
    return chain.each("oifname %s ip saddr " + lan + " " + DROP, scope.lines().devices());
  }
}
