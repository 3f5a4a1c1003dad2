package dev.noren.plan;

import dev.noren.config.Form;
import dev.noren.config.LanConfig.Reservation;
import dev.noren.config.Pairing;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.config.WanConfig;
import dev.noren.forms.Compiled;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.plan.Layout.Lan;
import dev.noren.plan.Layout.Line;
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
  /** The MTU of a line that says nothing else, bytes. */
  private static final int ETHERNET_MTU = 1500;

  /** Where IPv6 packets go that stay on their link. */
  private static final List<String> ON_LINK6 = List.of("fe80::/10", "ff00::/8");

  private final RouterConfig config;
  private final Layout layout;
  private final List<FirewallTunnel> tunnels;

  FirewallScope(RouterConfig config, Layout layout, List<TunnelPlan> plans, Compiled forms) {
    this.config = config;
    this.layout = layout;
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
    return layout.lan() != null;
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
            .anyMatch(to -> !isLan(to));
  }

  private boolean isLan(Cidr subnet) {
    Cidr lan = !hasLan() ? null : subnet.address().v6() ? layout.lan().address6() : ownNetwork();
    return lan != null
        && subnet.prefixLength() >= lan.prefixLength()
        && lan.contains(subnet.address());
  }

  private Cidr ownNetwork() {
    return layout.lan().address();
  }

  /** Whether flows pass through the box that came out of a tunnel, and not into the shop. */
  boolean anyGoesOn() {
    return hasLan() && tunnels.stream().anyMatch(this::goesOn);
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

  /** The devices of the lines, in quotes. */
  List<String> lines() {
    return layout.lines().stream().map(line -> NftChain.quoted(line.device())).toList();
  }

  /** What leaves by a line: a packet with the line's own mark, or one that any line may take. */
  List<String> ownLineMarks() {
    return layout.lines().stream()
        .map(
            line ->
                "oifname \"%s\" meta mark { %s, %s }"
                    .formatted(
                        line.device(),
                        Marks.hex(Marks.ofLine(line.number())),
                        Marks.hex(Marks.DIRECT)))
        .toList();
  }

  /** The devices of lines whose packets are smaller than Ethernet's. */
  List<String> smallLines() {
    return layout.lines().stream()
        .filter(FirewallScope::small)
        .map(line -> NftChain.quoted(line.device()))
        .toList();
  }

  private static boolean small(Line line) {
    boolean told =
        line.lease() != null
            && line.lease().mtuBytes() > 0
            && line.lease().mtuBytes() < ETHERNET_MTU;
    return told || line.config().method() instanceof WanConfig.Pppoe;
  }

  /** The device of the shop's network, in quotes. */
  String lanDevice() {
    return NftChain.quoted(layout.lan().device());
  }

  /** Noren's own address in the shop's network. */
  String ownAddress() {
    return layout.lan().address().address().toString();
  }

  /** The shop's networks of a family: one, or none. */
  List<String> lan(boolean v6) {
    Lan lan = layout.lan();
    Cidr network = lan == null ? null : v6 ? lan.address6() : lan.address();
    return network == null ? List.of() : List.of(network.masked().toString());
  }

  /**
   * The subnets of a tunnel that lie in the shop's network, as where its server gave it as a wide
   * one; not the one that Noren stands in itself.
   */
  List<String> inLan(FirewallTunnel tunnel, boolean v6) {
    Cidr lan = !hasLan() ? null : v6 ? layout.lan().address6() : layout.lan().address();
    return tunnel.subnets(v6).stream()
        .filter(
            subnet ->
                lan != null
                    && subnet.prefixLength() > lan.prefixLength()
                    && lan.contains(subnet.address())
                    && !subnet.contains(lan.address()))
        .map(Cidr::toString)
        .toList();
  }

  /** The same of all tunnels. */
  List<String> inLan(boolean v6) {
    return tunnels.stream().flatMap(each -> inLan(each, v6).stream()).distinct().toList();
  }

  private boolean inLan(IpAddress address) {
    Cidr network = address.v6() ? layout.lan().address6() : layout.lan().address();
    return network != null && network.contains(address);
  }

  /** Where IPv6 packets go that no tunnel takes, because they stay in the shop. */
  List<String> near6() {
    return Stream.concat(lan(true).stream(), ON_LINK6.stream()).toList();
  }

  /** Which clients' packets go on to lines; beside, the shop's own network lies there too. */
  List<String> toLines() {
    if (!beside()) {
      return lines().isEmpty() ? List.of() : List.of("oifname " + NftChain.set(lines()));
    }
    if (!hasLan()) {
      return List.of();
    }
    String device = "oifname " + lanDevice();
    List<String> matches = new ArrayList<>();
    matches.add(device + " ip daddr != " + NftChain.set(lan(false)));
    matches.add(device + " ip6 daddr != " + NftChain.set(near6()));
    return matches;
  }

  /** The same of one family. */
  List<String> toLines(boolean v6) {
    List<String> matches = toLines();
    return beside() && hasLan() ? List.of(matches.get(v6 ? 1 : 0)) : matches;
  }

  /** As whom the far end of a tunnel sees Noren in the shop's network, or null. */
  IpAddress seenBy(FirewallTunnel tunnel, boolean v6) {
    Cidr own = v6 ? layout.lan().address6() : layout.lan().address();
    Cidr seen = tunnel.access() == null ? null : tunnel.access().ownSeenAs();
    if (v6 || own == null || seen == null) {
      return own == null ? null : own.address();
    }
    long host = own.address().low() ^ own.masked().address().low();
    return IpAddress.v4((int) (seen.masked().address().low() | host));
  }

  /** Which packets go into the shop's network. */
  List<String> toLan() {
    if (!hasLan()) {
      return List.of();
    }
    String device = "oifname " + lanDevice();
    if (!beside()) {
      return List.of(device);
    }
    List<String> matches = new ArrayList<>();
    matches.add(device + " ip daddr " + NftChain.set(lan(false)));
    if (!lan(true).isEmpty()) {
      matches.add(device + " ip6 daddr " + NftChain.set(lan(true)));
    }
    return matches;
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
      String device = "iifname " + lanDevice();
      if (beside()) {
        rules.add(device + " ip saddr " + NftChain.set(lan(false)) + " goto " + toLan);
        rules.add(device + " ip6 saddr " + NftChain.set(beside6()) + " goto " + toLan);
      } else {
        rules.add(device + " goto " + toLan);
      }
    }
    for (int i = 0; i < toTunnel.size(); i++) {
      rules.add("iifname " + tunnels.get(i).device() + " goto " + toTunnel.get(i));
    }
    if (toLine != null) {
      lines().forEach(line -> rules.add("iifname " + line + " goto " + toLine));
    }
    return rules;
  }

  /**
   * Who is of the shop on the one port beside: nobody from elsewhere has an address of the link.
   */
  private List<String> beside6() {
    return Stream.concat(lan(true).stream(), Stream.of("fe80::/10")).toList();
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
        .filter(server -> server.v6() == v6 && inLan(server))
        .map(IpAddress::toString)
        .distinct()
        .toList();
  }
}
