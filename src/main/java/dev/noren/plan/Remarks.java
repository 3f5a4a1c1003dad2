package dev.noren.plan;

import dev.noren.config.InterfaceConfig;
import dev.noren.config.LanConfig.Reservation;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.config.TunnelUse;
import dev.noren.config.WanConfig.Dhcp;
import dev.noren.config.WanConfig.Pppoe;
import dev.noren.forms.Compiled;
import dev.noren.forms.Overlap;
import dev.noren.forms.SubnetMap;
import dev.noren.forms.TunnelAccess;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.plan.Layout.Lan;
import dev.noren.plan.Layout.Line;
import dev.noren.plan.RouterFacts.Lease;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.List;

/** What people should know of a plan. */
final class Remarks {
  /** The longest prefix that leaves the shop a network of its own. */
  private static final int V6_NETWORK = 64;

  private final RouterConfig config;
  private final Layout layout;
  private final RouterFacts facts;
  private final List<Sentence> remarks = new ArrayList<>();

  private Remarks(RouterConfig config, Layout layout, RouterFacts facts) {
    this.config = config;
    this.layout = layout;
    this.facts = facts;
  }

  static List<Sentence> of(
      RouterConfig config,
      Layout layout,
      RouterFacts facts,
      List<TunnelPlan> tunnels,
      Compiled forms) {
    Remarks remarks = new Remarks(config, layout, facts);
    remarks.ports();
    layout.lines().forEach(remarks::line);
    if (layout.beside() && layout.claimed()) {
      remarks.beside();
    }
    if (layout.forwards()) {
      remarks.names();
      remarks.ipv6();
      forms.overlaps().forEach(remarks::overlap);
      forms.access().forEach(remarks::ownAddress);
      tunnels.forEach(remarks::mtu);
    }
    return remarks.remarks;
  }

  private void ports() {
    if (facts.ports().isEmpty()) {
      remarks.add(Sentence.of("remark.no-port"));
    } else if (!layout.candidates().isEmpty()) {
      remarks.add(
          Sentence.of(
              layout.candidates().size() == 1 ? "remark.no-line" : "remark.no-line-of-several",
              layout.candidates().stream()
                  .map(Sentence::plain)
                  .reduce((one, other) -> Sentence.of("list.both", one, other))
                  .orElseThrow()));
    }
    for (String port : config.ports().lan()) {
      if (facts.port(port) == null) {
        remarks.add(Sentence.of("remark.lan-port-gone", port));
      }
    }
    Lan lan = layout.lan();
    if (lan != null && !layout.beside() && lan.members().isEmpty()) {
      remarks.add(Sentence.of("remark.no-lan-port"));
    }
  }

  private void line(Line line) {
    if (facts.port(line.port()) == null) {
      remarks.add(Sentence.of("remark.line-port-gone", line.port()));
    }
    boolean named = line.config().port() != null || config.ports().wan().contains(line.port());
    if (!named && facts.chosenWan() == null && !(line.config().method() instanceof Dhcp)) {
      remarks.add(Sentence.of("remark.line-port-taken", line.port()));
    }
    Lease given = facts.leases().get(line.device());
    Cidr own = config.lan().address();
    if (!layout.beside() && own != null && Looker.overlaps(given, own)) {
      remarks.add(
          Sentence.of("remark.line-overlaps", line.port(), given.address().masked(), own.masked()));
    }
    if (given != null
        && given.delegated() != null
        && given.delegated().prefixLength() > V6_NETWORK) {
      remarks.add(Sentence.of("remark.prefix-too-small", line.port(), given.delegated()));
    }
  }

  private void beside() {
    if (!config.wan().isEmpty() && config.wan().getFirst().method() instanceof Pppoe) {
      remarks.add(Sentence.of("remark.pppoe-beside"));
    }
    Lan lan = layout.lan();
    if (lan == null) {
      return;
    }
    IpAddress own = lan.address().address();
    Cidr fixed = config.lan().address();
    if (fixed != null && !fixed.masked().equals(lan.address().masked())) {
      remarks.add(Sentence.of("remark.lan-not-used", fixed, lan.address().masked()));
    }
    for (Reservation each : config.lan().reservations()) {
      if (!lan.address().contains(each.address())) {
        remarks.add(
            Sentence.of("remark.reservation-outside", each.address(), lan.address().masked()));
      }
    }
    for (RouterTunnel tunnel : config.tunnels()) {
      besideTunnel(tunnel, own, lan.dhcpFrom() != null);
    }
  }

  private void besideTunnel(RouterTunnel tunnel, IpAddress own, boolean servesDhcp) {
    List<Cidr> subnets = tunnel.use().subnets();
    if (!subnets.isEmpty()) {
      remarks.add(
          Sentence.of(
              subnets.size() == 1 ? "remark.static-route" : "remark.static-routes",
              tunnel.name(),
              subnets.stream().map(each -> Sentence.of("remark.via", each, own)).toList()));
    }
    TunnelUse use = tunnel.use();
    boolean byGateway =
        use.mode() == TunnelUse.Mode.FULL || !use.devices().isEmpty() || !use.domains().isEmpty();
    if (byGateway && !servesDhcp) {
      remarks.add(
          Sentence.of(
              tunnel.killSwitch() ? "remark.by-gateway-kill-switch" : "remark.by-gateway",
              own,
              tunnel.name()));
    }
  }

  private void names() {
    RouterTunnel full = Tunnels.full(config);
    if (full == null || !config.dns().upstream().isEmpty() || layout.preferred() == null) {
      return;
    }
    boolean none = Dnsmasq.upstreamServers(config, layout).isEmpty();
    remarks.add(
        Sentence.of(none ? "remark.names-not-reached" : "remark.names-not-answered", full.name()));
  }

  private void ipv6() {
    RouterTunnel full = Tunnels.full(config);
    if (full != null && Tunnels.withholdsIpv6(config)) {
      remarks.add(Sentence.of("remark.no-ipv6", full.name()));
    }
  }

  private void overlap(Overlap overlap) {
    String key =
        switch (overlap.reason()) {
          case ROUTED -> "remark.overlap";
          case CALLED_THE_SAME -> "remark.overlap-there";
          case SIZE -> "remark.overlap-size";
          case SEEN_AS -> "remark.overlap-seen-as";
        };
    remarks.add(Sentence.of(key, overlap.shop(), overlap.network(), overlap.lan(), overlap.form()));
  }

  /** The kernel takes what is for its own address before any mark of the firewall is asked. */
  private void ownAddress(TunnelAccess form) {
    if (layout.lan() == null) {
      return;
    }
    IpAddress own = layout.lan().address().address();
    for (SubnetMap map : form.farMaps()) {
      if (map.real().contains(own)) {
        remarks.add(Sentence.of("remark.far-own-address", map.seen(own), own));
      }
    }
  }

  private void mtu(TunnelPlan tunnel) {
    int lineMtuBytes = TunnelMtu.ofLines(layout.lines(), facts);
    boolean overIpv6 =
        facts.ipv6() && TunnelMtu.mayRunOverIpv6(tunnel.config(), tunnel.endpoints());
    int fits = lineMtuBytes - (overIpv6 ? TunnelMtu.OVERHEAD_V6 : TunnelMtu.OVERHEAD_V4);
    if (tunnel.mtuBytes() > fits) {
      remarks.add(
          Sentence.of(
              tunnel.mtuBytes() == InterfaceConfig.MIN_MTU_V6 ? "remark.mtu-least" : "remark.mtu",
              tunnel.device(),
              tunnel.mtuBytes(),
              lineMtuBytes,
              fits));
    }
  }
}
