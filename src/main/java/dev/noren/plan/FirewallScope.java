package dev.noren.plan;

import dev.noren.config.Form;
import dev.noren.config.LanConfig.Reservation;
import dev.noren.config.Pairing;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.forms.Compiled;
import dev.noren.forms.DeviceAccess;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What all chains of the firewall are made from: the configuration and who is what, in the words of
 * nft.
 */
final class FirewallScope {
  private final RouterConfig config;
  private final Layout layout;
  private final FirewallLan lan;
  private final FirewallLines lines;
  private final List<FirewallTunnel> tunnels;

  FirewallScope(RouterConfig config, Layout layout, List<TunnelPlan> plans, Compiled forms) {
    this.config = config;
    this.layout = layout;
    lan = new FirewallLan(layout);
    lines = new FirewallLines(layout, lan);
    // A box that nobody has configured carries nothing yet, even if a document were there.
    tunnels =
        forwards()
            ? plans.stream()
                .map(
                    plan ->
                        new FirewallTunnel(plan, config.lan(), forms.access(plan.config().name())))
                .toList()
            : List.of();
  }

  /** Whether packets go from one network into another at all. */
  boolean forwards() {
    return layout.claimed() || !layout.beside();
  }

  boolean beside() {
    return layout.beside();
  }

  boolean hasLan() {
    return lan.isThere();
  }

  /** The shop's network, which may not be there. */
  FirewallLan lan() {
    return lan;
  }

  /** Where the setup page is. */
  List<IpAddress> pageAddresses() {
    return layout.pageAddresses();
  }

  /** The one of them that is the same in each shop: one, or none. */
  List<IpAddress> fixedAddress() {
    return Stream.ofNullable(layout.fixedAddress()).toList();
  }

  /** The others, which are of the shop's network. */
  List<IpAddress> ownPageAddresses() {
    return layout.ownPageAddresses();
  }

  /** The tunnels from which the page is reached too. */
  List<FirewallTunnel> pageTunnels() {
    return ownPageAddresses().isEmpty()
        ? List.of()
        : tunnels.stream().filter(each -> config.access().page().contains(each.name())).toList();
  }

  /** Whether metrics may be fetched from the shop's network. */
  boolean metersForLan() {
    return config.metrics().isForLan();
  }

  /** The tunnels from which metrics may be fetched. */
  List<FirewallTunnel> metricsTunnels() {
    return ownPageAddresses().isEmpty()
        ? List.of()
        : tunnels.stream().filter(each -> config.metrics().isFor(each.name())).toList();
  }

  /** Whether somebody may look at the page from elsewhere for a while. */
  boolean hasVisitor() {
    return tunnels.stream()
        .flatMap(tunnel -> tunnel.callers().stream())
        .anyMatch(DeviceAccess::page);
  }

  /** Whether the box has a name in the shop's network. */
  boolean isNamed() {
    return !layout.namedAddresses().isEmpty();
  }

  /** Whether who looks for the internet is led to the page. */
  boolean isPortal() {
    return layout.portal();
  }

  FirewallLines lines() {
    return lines;
  }

  boolean servesDhcp() {
    return hasLan() && layout.lan().dhcpFrom() != null;
  }

  boolean forcesNames() {
    return config.dns().forceClients() && hasLan() && forwards();
  }

  List<FirewallTunnel> tunnels() {
    return tunnels;
  }

  /** The tunnel that takes everything, or null. */
  FirewallTunnel full() {
    return tunnels.stream().filter(FirewallTunnel::full).findFirst().orElse(null);
  }

  /** Whether what no tunnel has taken must not leave. */
  boolean sealed() {
    return full() != null && full().config().killSwitch();
  }

  /** The tunnels that devices call in by. */
  List<FirewallTunnel> calledTunnels() {
    return tunnels.stream().filter(each -> !each.callers().isEmpty()).toList();
  }

  /** The networks of all devices that call in. */
  List<String> callerNetworks(boolean v6) {
    return tunnels.stream()
        .flatMap(each -> each.callerNetworks(v6).stream())
        .map(Cidr::toString)
        .toList();
  }

  /** The MAC addresses of the shop's things, which start no connections. */
  List<String> things() {
    return config.lan().reservations().stream()
        .filter(Reservation::iot)
        .map(each -> each.mac().text())
        .toList();
  }

  /**
   * Whether a device of this tunnel may send to elsewhere than the shop's network: to the internet,
   * or to what a grant names behind a tunnel.
   */
  boolean goesOn(FirewallTunnel tunnel) {
    return tunnel.hasInternet()
        || tunnel.callers().stream()
            .flatMap(device -> device.grants().stream())
            .flatMap(grant -> grant.to().stream())
            .anyMatch(to -> !lan.holds(to));
  }

  /** Whether anybody who is in this tunnel may send to elsewhere than the shop's network. */
  boolean sendsOn(FirewallTunnel tunnel) {
    return goesOn(tunnel) || tunnel.letsShopsOut();
  }

  /** The networks in a tunnel out of which something may be sent to elsewhere. */
  List<Cidr> sendersOn(FirewallTunnel tunnel, boolean v6) {
    List<Cidr> senders = new ArrayList<>(tunnel.goingOut(v6));
    if (goesOn(tunnel)) {
      senders.addAll(tunnel.callerNetworks(v6));
    }
    return FirewallTunnel.outermost(senders);
  }

  /** The tunnels of whose far shops some go out to the internet through this one. */
  List<FirewallTunnel> outgoing() {
    return tunnels.stream().filter(FirewallTunnel::letsShopsOut).toList();
  }

  /** Whether flows pass through the box that came out of a tunnel, and not into the shop. */
  boolean anyGoesOn() {
    return hasLan() && tunnels.stream().anyMatch(this::sendsOn);
  }

  /** The devices of the tunnels, in quotes. */
  List<String> tunnelDevices() {
    return tunnels.stream().map(FirewallTunnel::device).toList();
  }

  List<String> tunnelMarks() {
    return tunnels.stream().map(FirewallTunnel::mark).toList();
  }

  /** The tunnels' own addresses of a family. */
  List<String> tunnelAddresses(boolean v6) {
    return tunnels.stream().flatMap(each -> each.addresses(v6).stream()).toList();
  }

  /** The subnets of all tunnels that lie in the shop's network. */
  List<String> inLan(boolean v6) {
    return tunnels.stream().flatMap(each -> lan.subnetsOf(each, v6).stream()).distinct().toList();
  }

  /**
   * The rules of a base chain that tell by the device, and beside by the source too, where a packet
   * came from. It is no map, for the reason of {@link NftChain#each}.
   *
   * @param toLan the chain for the shop's network, or null
   * @param toLine the chain for lines, or null
   * @param toTunnel the chain for each tunnel
   */
  List<String> dispatch(String toLan, String toLine, List<String> toTunnel) {
    List<String> rules = new ArrayList<>();
    if (hasLan() && toLan != null) {
      String device = "iifname " + lan.device();
      if (beside()) {
        rules.add(device + " ip saddr " + NftChain.set(lan.networks(false)) + " goto " + toLan);
        rules.add(device + " ip6 saddr " + NftChain.set(lan.senders6()) + " goto " + toLan);
      } else {
        rules.add(device + " goto " + toLan);
      }
    }
    for (int i = 0; i < toTunnel.size(); i++) {
      rules.add("iifname " + tunnels.get(i).device() + " goto " + toTunnel.get(i));
    }
    if (toLine != null) {
      lines.devices().forEach(line -> rules.add("iifname " + line + " goto " + toLine));
    }
    return rules;
  }

  /** The pairings that are under way, by the devices of their tunnels in quotes. */
  Map<String, Pairing> pairings() {
    Map<String, Pairing> pairings = new LinkedHashMap<>();
    for (FirewallTunnel tunnel : tunnels) {
      Form form = config.form(tunnel.name());
      if (form != null && form.pairing() != null) {
        pairings.put(tunnel.device(), form.pairing());
      }
    }
    return pairings;
  }

  /** The UDP ports that the tunnels listen on. */
  List<Integer> listenPorts() {
    return tunnels.stream()
        .map(each -> each.config().listenPort())
        .filter(port -> port != 0)
        .toList();
  }

  /**
   * The ports whose datagrams need no connection tracking: those of tunnels that have no further
   * ones, as an answer to these gets its port back by the flow.
   */
  List<Integer> untrackedPorts() {
    return tunnels.stream()
        .map(FirewallTunnel::config)
        .filter(each -> each.listenPort() != 0 && each.alsoPorts().isEmpty())
        .map(RouterTunnel::listenPort)
        .toList();
  }

  /** The name servers in the shop's own network that somebody chose. */
  List<String> namedServers(boolean v6) {
    return Stream.concat(
            config.dns().upstream().stream(),
            config.dns().domains().stream().map(each -> each.server()))
        .filter(server -> server.v6() == v6 && lan.holds(server))
        .map(IpAddress::toString)
        .distinct()
        .toList();
  }
}
