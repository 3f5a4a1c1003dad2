package dev.noren.plan;

import dev.noren.forms.SubnetMap;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.util.ArrayList;
import java.util.List;

/** Who is seen elsewhere: the addresses that are put in place of senders'. */
final class SourceNat {
  /** Where ports begin that a flow gets in place of a tunnel's, and how many there are. */
  private static final int FIRST_PORT = 20_000;

  private static final int PORTS = 100;

  private final FirewallScope scope;

  SourceNat(FirewallScope scope) {
    this.scope = scope;
  }

  NftChain chain() {
    NftChain chain =
        NftChain.base(
            "srcnat", "Who is seen elsewhere.", "nat hook postrouting priority srcnat", "accept");
    scope.tunnels().forEach(tunnel -> mapped(chain, tunnel));
    if (scope.beside()) {
      beside(chain);
    } else {
      String lan = " ip saddr " + NftChain.set(scope.lan().networks(false));
      scope.lines().devices().forEach(line -> masquerade(chain, "oifname " + line + lan));
    }
    othersOut(chain);
    for (FirewallTunnel tunnel : scope.tunnels()) {
      if (!tunnel.config().masquerade()) {
        devicesInto(chain, tunnel);
        shopsInto(chain, tunnel);
      }
      if (tunnel.config().masquerade()) {
        chain.rule("oifname " + tunnel.device() + " masquerade");
      } else {
        own(chain, tunnel);
      }
      if (tunnel.ownSeenAs() != null) {
        chain.each(
            "oifname "
                + tunnel.device()
                + " ip saddr %s snat ip prefix to "
                + tunnel.ownSeenAs().masked(),
            scope.lan().networks(false));
      }
    }
    return chain;
  }

  /** Devices and far shops that go out through this one. */
  private void othersOut(NftChain chain) {
    for (FirewallTunnel each : scope.tunnels()) {
      for (boolean v6 : new boolean[] {false, true}) {
        List<Cidr> out = new ArrayList<>(each.goingOut(v6));
        out.addAll(each.hasInternet() ? each.callerNetworks(v6) : List.of());
        for (Cidr network : FirewallTunnel.outermost(out)) {
          for (String match : scope.lines().matches(v6)) {
            masquerade(chain, match + (v6 ? " ip6" : " ip") + " saddr " + network);
          }
        }
      }
    }
  }

  /** A far end knows the shop's network and no device, which Noren stands for there. */
  private void devicesInto(NftChain chain, FirewallTunnel tunnel) {
    for (FirewallTunnel each : scope.tunnels().stream().filter(scope::goesOn).toList()) {
      for (boolean v6 : new boolean[] {false, true}) {
        String family = v6 ? "ip6" : "ip";
        String as = as(tunnel, v6);
        for (Cidr network : each.callerNetworks(v6)) {
          String from = "oifname " + tunnel.device() + " " + family + " saddr " + network;
          if (each.equals(tunnel)) {
            List<Cidr> shops =
                tunnel.config().use().subnets().stream()
                    .filter(subnet -> subnet.address().v6() == v6)
                    .toList();
            chain.each(from + " " + family + " daddr %s" + as, shops);
          } else {
            chain.rule(from + as);
          }
        }
      }
    }
  }

  /** Nor does who takes all that leaves this shop know the far shops that go out through it. */
  private void shopsInto(NftChain chain, FirewallTunnel tunnel) {
    for (FirewallTunnel each : tunnel.full() ? scope.outgoing() : List.<FirewallTunnel>of()) {
      for (boolean v6 : new boolean[] {false, true}) {
        String from =
            "oifname " + tunnel.device() + (v6 ? " ip6" : " ip") + " saddr %s" + as(tunnel, v6);
        if (!each.equals(tunnel)) {
          chain.each(from, each.goingOut(v6));
        }
      }
    }
  }

  /** As whom Noren stands for others in a tunnel. */
  private String as(FirewallTunnel tunnel, boolean v6) {
    IpAddress own = scope.lan().seenBy(tunnel, v6);
    return own == null ? " masquerade" : " snat " + (v6 ? "ip6" : "ip") + " to " + own;
  }

  /** Both ways through the one port, since the shop's router and machines know of Noren alone. */
  private void beside(NftChain chain) {
    String device = "oifname " + scope.lan().device();
    String lan = NftChain.set(scope.lan().networks(false));
    masquerade(
        chain,
        "%s ip daddr != %s ip saddr %s ip saddr != %s"
            .formatted(device, lan, lan, scope.lan().ownAddress()));
    if (!scope.tunnels().isEmpty()) {
      masquerade(chain, "%s ip daddr %s ip saddr != %s".formatted(device, lan, lan));
      chain.rule(
          device
              + " ip6 daddr %s ip6 saddr != "
              + NftChain.set(scope.lan().senders6())
              + " masquerade",
          scope.lan().networks(true));
    }
  }

  /** A flow must not get a tunnel's port as its own: its answers would be the tunnel's. */
  private void masquerade(NftChain chain, String match) {
    List<Integer> ports = scope.untrackedPorts();
    int from = FIRST_PORT;
    while (holdsOne(from, ports)) {
      from += PORTS;
    }
    chain
        .rule(match + " udp sport %s masquerade to :" + from + "-" + (from + PORTS - 1), ports)
        .rule(match + " masquerade");
  }

  private static boolean holdsOne(int from, List<Integer> ports) {
    return ports.stream().anyMatch(port -> port >= from && port < from + PORTS);
  }

  /** Noren's own packets chose their address before they were marked. */
  private static void own(NftChain chain, FirewallTunnel tunnel) {
    String local = "oifname " + tunnel.device() + " fib saddr type local ";
    chain
        .rule(local + "ip saddr != %s masquerade", tunnel.addresses(false))
        .rule(local + "ip6 saddr != %s masquerade", tunnel.addresses(true));
  }

  /** A far shop is known here by other addresses. */
  static void seenAs(NftChain chain, FirewallTunnel tunnel, String match) {
    for (SubnetMap map : tunnel.farMaps()) {
      chain.rule("%s ip saddr %s snat ip prefix to %s".formatted(match, map.real(), map.seen()));
    }
  }

  /** Into the shop's network, and on to another far shop. */
  private void mapped(NftChain chain, FirewallTunnel tunnel) {
    String from = "iifname " + tunnel.device() + " oifname ";
    if (scope.beside()) {
      for (SubnetMap map : tunnel.farMaps()) {
        masquerade(
            chain,
            from
                + scope.lan().device()
                + " ip daddr "
                + NftChain.set(scope.lan().networks(false))
                + " ip saddr "
                + map.real());
      }
    } else {
      seenAs(chain, tunnel, from + scope.lan().device());
    }
    if (tunnel.access() != null && tunnel.access().exchange()) {
      seenAs(chain, tunnel, from + tunnel.device());
    }
  }
}
