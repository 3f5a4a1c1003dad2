package dev.noren.plan;

import dev.noren.config.RouterConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.config.TunnelName;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Whom the box asks for its devices' names, and which of these questions go past a tunnel that is
 * to take all that the devices send. It follows {@link MarkChains}, where the box's own packets go
 * as a client's would, and {@link OutputChains}. What names lead into a tunnel or past it is not
 * looked at: which addresses these have, only the firewall knows.
 *
 * @param servers the name servers
 * @param past the tunnels past which some of them are asked
 */
public record NamesWay(List<IpAddress> servers, List<Past> past) {
  /**
   * A tunnel past which names are asked for.
   *
   * @param tunnel its name
   * @param all whether it takes everything; else all of some devices
   * @param servers who is asked past it
   */
  public record Past(TunnelName tunnel, boolean all, List<IpAddress> servers) {}

  /** A subnet and who takes it. */
  private record Target(Cidr subnet, FirewallTunnel tunnel) {}

  /**
   * By the document and the plan for it.
   *
   * @param ipv6 whether the kernel has IPv6
   */
  public static NamesWay of(RouterConfig document, RouterPlan plan, boolean ipv6) {
    Layout layout = plan.layout();
    RouterConfig config =
        document.withTunnels(plan.tunnels().stream().map(TunnelPlan::config).toList());
    if (layout.lan() == null || !layout.forwards()) {
      return new NamesWay(List.of(), List.of());
    }
    List<IpAddress> servers =
        Dnsmasq.upstreamServers(config, layout).stream()
            .filter(each -> ipv6 || !each.v6())
            .toList();
    boolean asked = layout.lan().dhcpFrom() != null || config.dns().forceClients();
    List<FirewallTunnel> tunnels =
        plan.tunnels().stream().map(each -> new FirewallTunnel(each, config.lan(), null)).toList();
    Predicate<IpAddress> goesByLine =
        server ->
            isNear(layout, server)
                ? leaksNear(config, layout, server)
                : taker(tunnels, server) == null;
    List<Past> past = new ArrayList<>();
    for (FirewallTunnel tunnel : tunnels) {
      if (asked && (tunnel.full() || !tunnel.config().use().devices().isEmpty())) {
        List<IpAddress> beside = servers.stream().filter(goesByLine).toList();
        if (!beside.isEmpty()) {
          past.add(new Past(tunnel.name(), tunnel.full(), beside));
        }
      }
    }
    return new NamesWay(servers, past);
  }

  private static boolean isNear(Layout layout, IpAddress server) {
    Cidr near = server.v6() ? layout.lan().address6() : layout.lan().address();
    return near != null && near.contains(server);
  }

  /**
   * A server of the shop's network may ask on through the tunnel itself; the upstream router does
   * not. Where the kill switch holds, only one that somebody chose is asked there.
   */
  private static boolean leaksNear(RouterConfig config, Layout layout, IpAddress server) {
    Layout.Line line = layout.preferred();
    RouterTunnel full = Tunnels.full(config);
    boolean sealed = full != null && full.killSwitch();
    return layout.beside()
        && line != null
        && server.equals(line.lease().gateway())
        && (!sealed || config.dns().upstream().contains(server));
  }

  /** The tunnel that takes what goes to a server, or null for the line. */
  private static FirewallTunnel taker(List<FirewallTunnel> tunnels, IpAddress server) {
    List<Target> targets = new ArrayList<>();
    for (FirewallTunnel tunnel : tunnels) {
      tunnel.subnets(server.v6()).forEach(subnet -> targets.add(new Target(subnet, tunnel)));
    }
    targets.sort(Comparator.comparingInt((Target each) -> each.subnet().prefixLength()).reversed());
    for (Target each : targets) {
      if (each.subnet().contains(server) && takes(each.tunnel(), server)) {
        return each.tunnel();
      }
    }
    return tunnels.stream()
        .filter(each -> each.full() && takes(each, server))
        .findFirst()
        .orElse(null);
  }

  private static boolean takes(FirewallTunnel tunnel, IpAddress server) {
    return tunnel.exceptSubnets(server.v6()).stream().noneMatch(each -> each.contains(server));
  }
}
