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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What people should know of a plan. */
final class Remarks {
  /** The longest prefix that leaves the shop a network of its own. */
  private static final int V6_NETWORK = 64;

  private final RouterConfig config;
  private final Layout layout;
  private final RouterFacts facts;
  private final List<String> remarks = new ArrayList<>();

  private Remarks(RouterConfig config, Layout layout, RouterFacts facts) {
    this.config = config;
    this.layout = layout;
    this.facts = facts;
  }

  static List<String> of(
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
      remarks.add("This box has no Ethernet port that the kernel knows.");
    } else if (!layout.candidates().isEmpty()) {
      remarks.add(
          String.format(
              "No line to the internet is known yet: %s asked for an address by DHCP.",
              layout.candidates().size() == 1
                  ? layout.candidates().getFirst() + " is"
                  : String.join(" and ", layout.candidates()) + " are"));
    }
    for (String port : config.ports().lan()) {
      if (facts.port(port) == null) {
        remarks.add(String.format("%s, a port of ports.lan, is not there.", port));
      }
    }
    Lan lan = layout.lan();
    if (lan != null && !layout.beside() && lan.members().isEmpty()) {
      remarks.add(
          "No port leads to the shop's network: plug in a second one, or look at ports.lan.");
    }
  }

  private void line(Line line) {
    if (facts.port(line.port()) == null) {
      remarks.add(
          String.format("%s, the port of a line to the internet, is not there.", line.port()));
    }
    boolean named = line.config().port() != null || config.ports().wan().contains(line.port());
    if (!named && facts.chosenWan() == null && !(line.config().method() instanceof Dhcp)) {
      remarks.add(
          String.format(
              "%s is taken for the line's port; if it is another, name it in wan[0].port.",
              line.port()));
    }
    Lease given = facts.leases().get(line.device());
    Cidr own = config.lan().address();
    if (!layout.beside() && own != null && Looker.overlaps(given, own)) {
      remarks.add(
          String.format(
              "The line on %s is not used: its network, %s, overlaps the shop's, %s. Change"
                  + " lan.address, or leave it empty for one that Noren chooses.",
              line.port(), given.address().masked(), own.masked()));
    }
    if (given != null
        && given.delegated() != null
        && given.delegated().prefixLength() > V6_NETWORK) {
      remarks.add(
          String.format(
              "The line on %s gave the shop %s, which is too small for a network of IPv6: a /64 is"
                  + " the least.",
              line.port(), given.delegated()));
    }
  }

  private void beside() {
    if (!config.wan().isEmpty() && config.wan().getFirst().method() instanceof Pppoe) {
      remarks.add(
          "PPPoE is for the role router: beside the shop's router, DHCP is asked for an address.");
    }
    Lan lan = layout.lan();
    if (lan == null) {
      return;
    }
    IpAddress own = lan.address().address();
    Cidr fixed = config.lan().address();
    if (fixed != null && !fixed.masked().equals(lan.address().masked())) {
      remarks.add(
          String.format(
              "lan.address, %s, is not used: beside the shop's router, the network is that"
                  + " router's, %s.",
              fixed, lan.address().masked()));
    }
    for (Reservation each : config.lan().reservations()) {
      if (!lan.address().contains(each.address())) {
        remarks.add(
            String.format(
                "The reservation of %s is outside the network, %s.",
                each.address(), lan.address().masked()));
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
          String.format(
              "For all devices to reach %s without a change of their own, enter in the shop's"
                  + " router as static route%s: %s.",
              tunnel.name(),
              subnets.size() == 1 ? "" : "s",
              subnets.stream()
                  .map(each -> each + " via " + own)
                  .collect(Collectors.joining(", "))));
    }
    TunnelUse use = tunnel.use();
    boolean byGateway =
        use.mode() == TunnelUse.Mode.FULL || !use.devices().isEmpty() || !use.domains().isEmpty();
    if (byGateway && !servesDhcp) {
      remarks.add(
          String.format(
              "Only devices that have %s as gateway and name server take %s%s: set these by hand,"
                  + " or let Noren give the addresses (lan.dhcp.on) and switch DHCP off in the"
                  + " shop's router.",
              own,
              tunnel.name(),
              tunnel.killSwitch() ? ", and the kill switch holds for no others" : ""));
    }
  }

  private void names() {
    RouterTunnel full = Tunnels.full(config);
    if (full == null || !config.dns().upstream().isEmpty() || layout.preferred() == null) {
      return;
    }
    boolean none = Dnsmasq.upstreamServers(config, layout).isEmpty();
    remarks.add(
        String.format(
            "%s takes everything, questions for names too, and the line's name servers %s there:"
                + " name one in dns.upstream that %s reaches.",
            full.name(),
            none ? "are not reached from" : "may not answer what comes from",
            full.name()));
  }

  private void ipv6() {
    RouterTunnel full = Tunnels.full(config);
    if (full != null && Tunnels.withholdsIpv6(config)) {
      remarks.add(
          String.format(
              "IPv6 of clients is blocked: %s takes everything and does not carry it.",
              full.name()));
    }
  }

  private void overlap(Overlap overlap) {
    String why =
        switch (overlap.reason()) {
          case ROUTED ->
              "overlaps the shop's own network, %s: say in seenAs of that shop, and of %s for the"
                  + " own one, as which networks the two are to see each other.";
          case CALLED_THE_SAME ->
              "is called there as the shop's own network here, %s: say in seenAs of %s as which"
                  + " network the far shop is to see this one.";
          case SIZE ->
              "can't be joined while the shop's own network, %s, is of another size than seenAs of"
                  + " %s: give one of the same prefix length.";
          case SEEN_AS ->
              "can't be joined while the shop's own network, %s, overlaps seenAs of %s: give one"
                  + " that is free in all shops.";
        };
    remarks.add(
        String.format("No way leads to %s: its network %s ", overlap.shop(), overlap.network())
            + String.format(why, overlap.lan(), overlap.form()));
  }

  /** The kernel takes what is for its own address before any mark of the firewall is asked. */
  private void ownAddress(TunnelAccess form) {
    if (layout.lan() == null) {
      return;
    }
    IpAddress own = layout.lan().address().address();
    for (SubnetMap map : form.farMaps()) {
      if (map.real().contains(own)) {
        remarks.add(
            String.format(
                "%s is not reached: the machine there has the address %s in its network, which is"
                    + " Noren's own here.",
                map.seen(own), own));
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
          String.format(
              "%s has an MTU of %d%s, and the line of %d bytes leaves it %d: its full packets go in"
                  + " fragments.",
              tunnel.device(),
              tunnel.mtuBytes(),
              tunnel.mtuBytes() == InterfaceConfig.MIN_MTU_V6
                  ? ", the least that IPv6 works with"
                  : "",
              lineMtuBytes,
              fits));
    }
  }
}
