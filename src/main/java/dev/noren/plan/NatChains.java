package dev.noren.plan;

import dev.noren.forms.SubnetMap;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which addresses are put in place of others; the kernel asks once for each flow. */
final class NatChains {
  /** Where the shop asks Noren for names; on a line it may be one of a tunnel's further ports. */
  private static final int NAMES_PORT = 53;

  /** Where ports begin that a flow gets in place of a tunnel's, and how many there are. */
  private static final int FIRST_PORT = 20_000;

  private static final int PORTS = 100;

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
    boolean lan = scope.forcesNames() || (ports && scope.beside()) || maps;
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
    chains.add(sources());
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
      chain.each("%s dport 53 fib daddr type != local redirect", List.of("udp", "tcp"));
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
        .each("ip daddr != " + NftChain.set(scope.lan(false)) + redirect, List.of("udp", "tcp"))
        .each("ip6 daddr != " + NftChain.set(scope.near6()) + redirect, List.of("udp", "tcp"));
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
          scope.lan(false));
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
      seenAs(chain, tunnel, "iifname " + tunnel.device());
    }
    return chain;
  }

  private static void seenAs(NftChain chain, FirewallTunnel tunnel, String match) {
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
                + scope.lanDevice()
                + " ip daddr "
                + NftChain.set(scope.lan(false))
                + " ip saddr "
                + map.real());
      }
    } else {
      seenAs(chain, tunnel, from + scope.lanDevice());
    }
    if (tunnel.access() != null && tunnel.access().exchange()) {
      seenAs(chain, tunnel, from + tunnel.device());
    }
  }

  private NftChain alsoPorts(NftChain chain, Predicate<Integer> which) {
    for (FirewallTunnel tunnel : scope.tunnels()) {
      chain.rule(
          "fib daddr type local udp dport %s redirect to :" + tunnel.config().listenPort(),
          tunnel.config().alsoPorts().stream().filter(which).toList());
    }
    return chain;
  }

  private NftChain sources() {
    NftChain chain =
        NftChain.base(
            "srcnat", "Who is seen elsewhere.", "nat hook postrouting priority srcnat", "accept");
    scope.tunnels().forEach(tunnel -> mapped(chain, tunnel));
    if (scope.beside()) {
      beside(chain);
    } else {
      String lan = " ip saddr " + NftChain.set(scope.lan(false));
      scope.lines().forEach(line -> masquerade(chain, "oifname " + line + lan));
    }
    devicesOut(chain);
    for (FirewallTunnel tunnel : scope.tunnels()) {
      if (!tunnel.config().masquerade()) {
        devicesInto(chain, tunnel);
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
            scope.lan(false));
      }
    }
    return chain;
  }

  private void devicesOut(NftChain chain) {
    for (FirewallTunnel each : scope.tunnels()) {
      for (boolean v6 : new boolean[] {false, true}) {
        for (Cidr network : each.hasInternet() ? each.callerNetworks(v6) : List.<Cidr>of()) {
          for (String match : scope.toLines(v6)) {
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
        IpAddress own = scope.seenBy(tunnel, v6);
        String family = v6 ? "ip6" : "ip";
        String as = own == null ? " masquerade" : " snat " + family + " to " + own;
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

  /** Both ways through the one port, since the shop's router and machines know of Noren alone. */
  private void beside(NftChain chain) {
    String device = "oifname " + scope.lanDevice();
    String lan = NftChain.set(scope.lan(false));
    masquerade(
        chain,
        "%s ip daddr != %s ip saddr %s ip saddr != %s"
            .formatted(device, lan, lan, scope.ownAddress()));
    if (!scope.tunnels().isEmpty()) {
      masquerade(chain, "%s ip daddr %s ip saddr != %s".formatted(device, lan, lan));
      List<String> near = Stream.concat(scope.lan(true).stream(), Stream.of("fe80::/10")).toList();
      chain.rule(
          device + " ip6 daddr %s ip6 saddr != " + NftChain.set(near) + " masquerade",
          scope.lan(true));
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
}
