package dev.noren.plan;

import dev.noren.config.HostPort;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.config.TunnelUse;
import dev.noren.net.IpAddress;
import dev.noren.text.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tunnels of a document as they are to run. */
final class Tunnels {
  private Tunnels() {}

  static List<TunnelPlan> of(RouterConfig config, Layout layout, RouterFacts facts) {
    TunnelNumbers numbers = facts.numbers().with(config.tunnels());
    int lineMtuBytes = TunnelMtu.ofLines(layout.lines(), facts);
    List<TunnelPlan> plans = new ArrayList<>();
    for (RouterTunnel tunnel : config.tunnels()) {
      checkName(tunnel.name().text(), facts);
      Map<String, List<IpAddress>> endpoints = endpoints(tunnel, facts);
      int mtuBytes =
          tunnel.mtuBytes() != 0
              ? tunnel.mtuBytes()
              : TunnelMtu.of(
                  lineMtuBytes,
                  facts.ipv6() && TunnelMtu.mayRunOverIpv6(tunnel, endpoints),
                  carries(tunnel, true) && facts.ipv6());
      int passingBytes =
          Math.min(mtuBytes, facts.passing().getOrDefault(tunnel.name().text(), mtuBytes));
      plans.add(
          new TunnelPlan(tunnel, numbers.of(tunnel.name()), mtuBytes, passingBytes, endpoints));
    }
    return plans;
  }

  /** A tunnel of a port's name would make the firewall take that port for the tunnel. */
  private static void checkName(String name, RouterFacts facts) {
    if (facts.port(name) != null) {
      throw new Refused("tunnel.name-taken", name);
    }
  }

  private static Map<String, List<IpAddress>> endpoints(RouterTunnel tunnel, RouterFacts facts) {
    Map<String, List<IpAddress>> endpoints = new TreeMap<>();
    for (RouterTunnel.Peer peer : tunnel.peers()) {
      for (HostPort place : peer.places()) {
        if (facts.endpoints().containsKey(place.host())) {
          List<IpAddress> usable =
              facts.endpoints().get(place.host()).stream()
                  .filter(address -> facts.ipv6() || !address.v6())
                  .toList();
          endpoints.put(place.host(), usable);
        }
      }
    }
    return endpoints;
  }

  /** The tunnel that takes everything, or null. */
  static RouterTunnel full(RouterConfig config) {
    return config.tunnels().stream()
        .filter(tunnel -> tunnel.use().mode() == TunnelUse.Mode.FULL)
        .findFirst()
        .orElse(null);
  }

  /** Whether a family finds a way through a tunnel, for which that needs an address of its own. */
  static boolean carries(RouterTunnel tunnel, boolean v6) {
    return tunnel.addresses().stream().anyMatch(cidr -> cidr.address().v6() == v6);
  }

  /** Whether the only way out of the shop is a tunnel that does not carry IPv6. */
  static boolean withholdsIpv6(RouterConfig config) {
    RouterTunnel full = full(config);
    return full != null && full.killSwitch() && !carries(full, true);
  }
}
