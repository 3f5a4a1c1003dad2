package dev.noren.router;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.noren.config.Form;
import dev.noren.config.HostPort;
import dev.noren.config.PeerConfig;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterConfig.Role;
import dev.noren.config.RouterTunnel;
import dev.noren.config.TunnelUse;
import dev.noren.config.WanConfig;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.plan.Layout;
import dev.noren.plan.TunnelPlan;
import dev.noren.status.Origin;
import dev.noren.status.RouterStatus;
import dev.noren.status.Traffic;
import dev.noren.text.Sentence;
import dev.noren.tunnel.TunnelSnapshot;
import dev.noren.tunnel.TunnelSnapshot.PeerSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Makes the parts of a snapshot out of the plan in force and of what was seen. */
final class Snapshots {
  private Snapshots() {}

  /**
   * The lines.
   *
   * @param traffic what each device carried
   * @param since since when each device's line has been healthy, or not
   * @param cables the ports whose cable leads to something that is on
   */
  static List<RouterStatus.Line> lines(
      Layout layout, Map<String, Traffic> traffic, Map<String, Instant> since, Set<String> cables) {
    List<RouterStatus.Line> lines = new ArrayList<>();
    for (Layout.Line line : layout.lines()) {
      boolean given = line.lease() != null;
      lines.add(
          new RouterStatus.Line(
              line.number(),
              line.device(),
              method(line.config()),
              given ? line.lease().address() : null,
              given ? line.lease().gateway() : null,
              given ? line.lease().dns() : List.of(),
              cables.contains(line.port()),
              line.healthy(),
              since.get(line.device()),
              traffic.getOrDefault(line.device(), Traffic.total(0, 0))));
    }
    return lines;
  }

  private static String method(WanConfig config) {
    return switch (config.method()) {
      case WanConfig.Dhcp dhcp -> "dhcp";
      case WanConfig.Static fixed -> "static";
      case WanConfig.Pppoe pppoe -> "pppoe";
    };
  }

  /** The shop's network, or null. */
  static RouterStatus.Lan lan(Layout layout) {
    Layout.Lan lan = layout.lan();
    return lan == null
        ? null
        : new RouterStatus.Lan(
            lan.device(),
            lan.members(),
            lan.address(),
            lan.address6(),
            lan.dhcpFrom(),
            lan.dhcpTo());
  }

  /**
   * The shop's networks, and the addresses as which it is seen from outside, as far as they are
   * known: a name that is looked up elsewhere is not among them.
   */
  static List<Cidr> own(Layout layout, RouterConfig config) {
    List<Cidr> own = new ArrayList<>();
    if (layout.lan() != null) {
      Stream.of(layout.lan().address(), layout.lan().address6())
          .filter(Objects::nonNull)
          .forEach(own::add);
    }
    for (Layout.Line line : layout.lines()) {
      if (line.lease() != null && line.lease().address() != null) {
        own.add(host(line.lease().address().address()));
      }
      if (line.lease() != null && line.lease().delegated() != null) {
        own.add(line.lease().delegated());
      }
    }
    for (Form form : config.forms()) {
      if (form.gateway() != null) {
        form.gateway().endpoints().stream()
            .filter(HostPort::isNumeric)
            .forEach(each -> own.add(host(IpAddress.parse(each.host().replaceAll("%.*", "")))));
      }
    }
    return own;
  }

  private static Cidr host(IpAddress address) {
    return new Cidr(address, address.bits());
  }

  /**
   * The tunnels, also those that do not run.
   *
   * @param own the shop's networks and its addresses
   * @param reachability who has called in from outside
   * @param unixNs the time of day
   */
  static List<RouterStatus.Tunnel> tunnels(
      List<RouterTunnel> configured,
      List<TunnelPlan> planned,
      Map<String, TunnelSnapshot> running,
      Layout layout,
      List<Cidr> own,
      Reachability reachability,
      long unixNs) {
    Map<String, TunnelPlan> plans = new HashMap<>();
    planned.forEach(plan -> plans.put(plan.device(), plan));
    List<RouterStatus.Tunnel> tunnels = new ArrayList<>();
    for (RouterTunnel config : configured) {
      TunnelSnapshot now = running.get(config.name().text());
      TunnelPlan plan = plans.get(config.name().text());
      tunnels.add(
          new RouterStatus.Tunnel(
              config.name(),
              now != null,
              config.use().mode(),
              config.killSwitch(),
              config.killSwitch() ? promisedFor(layout, config.use()) : null,
              plan == null ? config.mtuBytes() : plan.passingBytes(),
              now == null ? 0 : now.listenPort(),
              config.addresses(),
              peers(config, now, own, unixNs),
              now == null ? null : reachability.of(config, now.listenPort())));
    }
    return tunnels;
  }

  /** For whom the kill switch is promised: only for what passes the box. */
  private static Sentence promisedFor(Layout layout, TunnelUse use) {
    Sentence traffic =
        Sentence.of(
            use.mode() == TunnelUse.Mode.FULL ? "promised.all-traffic" : "promised.listed-traffic");
    Sentence what = hasExceptions(use) ? Sentence.of("promised.exceptions", traffic) : traffic;
    if (!layout.beside()) {
      return Sentence.of("promised.network", what);
    }
    if (layout.lan() == null) {
      return Sentence.of("promised.nobody");
    }
    if (layout.lan().dhcpFrom() != null) {
      return Sentence.of("promised.dhcp", what);
    }
    IpAddress own = layout.lan().address().address();
    boolean byRoute = use.subnets().stream().anyMatch(subnet -> !subnet.address().v6());
    return Sentence.of(byRoute ? "promised.gateway-and-route" : "promised.gateway", what, own);
  }

  private static boolean hasExceptions(TunnelUse use) {
    return !use.exceptDevices().isEmpty()
        || !use.exceptSubnets().isEmpty()
        || !use.exceptDomains().isEmpty();
  }

  private static List<RouterStatus.Peer> peers(
      RouterTunnel config, TunnelSnapshot now, List<Cidr> own, long unixNs) {
    Map<String, PeerSnapshot> seen = new HashMap<>();
    if (now != null) {
      now.peers().forEach(peer -> seen.put(peer.publicKey().toString(), peer));
    }
    List<RouterStatus.Peer> peers = new ArrayList<>();
    for (RouterTunnel.Peer peer : config.peers()) {
      PeerConfig known = peer.config();
      PeerSnapshot snapshot = seen.get(known.publicKey().toString());
      peers.add(
          new RouterStatus.Peer(
              peer.name(),
              known.publicKey().toString(),
              snapshot == null || snapshot.endpoint() == null
                  ? null
                  : snapshot.endpoint().toString(),
              known.endpoint() == null,
              snapshot == null ? null : age(snapshot.lastHandshakeUnixNs(), unixNs),
              snapshot == null || snapshot.dataAgeNs() < 0
                  ? null
                  : (Long) NANOSECONDS.toSeconds(snapshot.dataAgeNs()),
              snapshot == null ? 0 : NANOSECONDS.toSeconds(snapshot.unansweredNs()),
              snapshot == null
                  ? Traffic.total(0, 0)
                  : Traffic.total(snapshot.receivedBytes(), snapshot.sentBytes()),
              known.persistentKeepaliveSeconds(),
              known.allowedIps(),
              snapshot == null || snapshot.endpoint() == null
                  ? null
                  : Origin.of(snapshot.endpoint().address(), own)));
    }
    return peers;
  }

  private static Long age(long handshakeUnixNs, long unixNs) {
    return handshakeUnixNs == 0
        ? null
        : (Long) Math.max(0, (unixNs - handshakeUnixNs) / 1_000_000_000L);
  }

  /** What the shop's router has to be told, so that the shop's devices find the far ends. */
  static List<RouterStatus.StaticRoute> routesToTell(Layout layout, List<RouterTunnel> tunnels) {
    if (layout.role() != Role.BESIDE || layout.lan() == null || layout.lan().address() == null) {
      return List.of();
    }
    IpAddress own = layout.lan().address().address();
    List<RouterStatus.StaticRoute> routes = new ArrayList<>();
    for (RouterTunnel tunnel : tunnels) {
      if (tunnel.use().mode() == TunnelUse.Mode.SPLIT) {
        for (Cidr subnet : tunnel.use().subnets()) {
          if (!subnet.address().v6()) {
            routes.add(new RouterStatus.StaticRoute(subnet, own));
          }
        }
      }
    }
    return routes;
  }
}
