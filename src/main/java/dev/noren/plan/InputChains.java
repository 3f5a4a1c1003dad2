package dev.noren.plan;

import dev.noren.config.MetricsConfig;
import dev.noren.config.Pairing;
import dev.noren.forms.DeviceAccess;
import dev.noren.net.IpAddress;
import dev.noren.net.LocalNames;
import java.util.ArrayList;
import java.util.List;

/** What may come to Noren itself. Whatever no rule knows may not. */
final class InputChains {
  /** How neighbours on one link find each other and groups are kept (RFC 4861, RFC 3810). */
  static final String NEIGHBOURS =
      "nd-neighbor-solicit, nd-neighbor-advert, mld-listener-query, mld-listener-report,"
          + " mld-listener-done, mld2-listener-report";

  private static final String HOOK = "filter hook input priority filter";
  private static final String NEIGHBOUR = FirewallCounter.NEIGHBOURS.drop();
  private static final String LINE_ADDRESS = "udp sport . udp dport { 67 . 68, 547 . 546 } accept";

  /** How many connections one device may have to the sign-in, which has 64 in all. */
  private static final int MOST_SIGN_IN_FLOWS = 8;

  /** The page's ports. */
  private static final String PAGE_PORTS = "tcp dport { 80, 443 } ";

  private static final String METRICS_PORT = "tcp dport " + MetricsConfig.PORT + " ";

  private static final String PAGE_AND_METRICS_PORTS =
      "tcp dport { 80, 443, " + MetricsConfig.PORT + " } ";

  /** How many connections one device may have to the page: a browser has six, and a few more. */
  private static final int MOST_PAGE_FLOWS = 24;

  /** How much of what a network's machines say about names is heard, packets a second. */
  private static final int MOST_NAME_TALK = 100;

  private InputChains() {}

  static List<NftChain> of(FirewallScope scope) {
    List<NftChain> chains = new ArrayList<>();
    chains.add(base(scope));
    if (scope.hasLan()) {
      chains.add(lan(scope));
      if (!scope.things().isEmpty()) {
        chains.add(things(scope));
      }
    }
    chains.add(line(scope));
    if (!scope.pageTunnels().isEmpty()) {
      chains.add(
          fromTunnels(
              scope,
              NftChain.named("input_page", "The page, from a tunnel whose people may open it."),
              scope.pageTunnels(),
              PAGE_PORTS));
    }
    if (!scope.metricsTunnels().isEmpty()) {
      chains.add(
          fromTunnels(
              scope,
              NftChain.named("input_metrics", "The metrics, from a tunnel that may fetch them."),
              scope.metricsTunnels(),
              METRICS_PORT));
    }
    chains.add(advertisement());
    if (!scope.tunnels().isEmpty()) {
      chains.add(tunnel());
    }
    chains.addAll(DeviceNames.of(scope));
    if (scope.tunnels().stream().anyMatch(FirewallTunnel::signsIn)) {
      chains.add(signIn(scope));
    }
    return chains;
  }

  /** While nothing is known: what a line needs to come up. */
  static NftChain closed() {
    return NftChain.base("input", "To Noren itself.", HOOK, "drop")
        .rule("iifname \"lo\" accept")
        .rule(LINE_ADDRESS)
        .rule("icmpv6 type { nd-router-advert, " + NEIGHBOURS + " } accept");
  }

  private static NftChain base(FirewallScope scope) {
    NftChain chain =
        NftChain.base("input", "To Noren itself.", HOOK, "drop").rule("iifname \"lo\" accept");
    for (FirewallTunnel tunnel : scope.tunnels()) {
      // A machine there has Noren's own address, and it was meant.
      chain.ruleIf(
          !tunnel.farMaps().isEmpty(),
          "meta mark " + tunnel.mark() + " " + FirewallCounter.ADDRESS.drop());
    }
    if (scope.hasLan()) {
      chain.each(
          "iifname "
              + scope.lan().device()
              + " ether saddr %s ct direction original goto input_thing",
          scope.things());
    }
    DeviceNames.dispatch(chain, scope);
    chain
        .rule("ct state established accept")
        .say("Nobody tells Noren another way.")
        .rule("icmp type redirect " + FirewallCounter.FORWARD.drop())
        .rule("icmpv6 type nd-redirect " + FirewallCounter.FORWARD.drop())
        .rule("ct state related meta l4proto { icmp, ipv6-icmp } accept")
        .rule("ct state invalid " + FirewallCounter.INVALID.drop());
    scope.pairings().forEach((device, pairing) -> provisional(chain, device, pairing));
    scope.calledTunnels().forEach(tunnel -> visitors(chain, scope, tunnel));
    for (FirewallTunnel tunnel : scope.pageTunnels()) {
      chain.rule("iifname " + tunnel.device() + " jump input_page");
    }
    for (FirewallTunnel tunnel : scope.metricsTunnels()) {
      chain.rule("iifname " + tunnel.device() + " jump input_metrics");
    }
    List<String> tunnels = scope.tunnels().stream().map(InputChains::chain).toList();
    scope.dispatch("input_lan", "input_line", tunnels).forEach(chain::rule);
    return chain.rule(FirewallCounter.FROM_LINE.drop());
  }

  /** Who comes by an invitation may be anybody: there is the conversation, and nothing else. */
  private static void provisional(NftChain chain, String device, Pairing pairing) {
    String from = provisionalSource(device, pairing);
    if (pairing.invites()) {
      chain.rule(from + " tcp dport " + Pairing.PORT + " accept");
    }
    chain.rule(from + " " + FirewallCounter.FROM_TUNNEL.drop());
  }

  /** Who looks at the page from elsewhere opens that, and nothing else of the box. */
  private static void visitors(NftChain chain, FirewallScope scope, FirewallTunnel tunnel) {
    for (DeviceAccess visitor : tunnel.callers()) {
      if (!visitor.page()) {
        continue;
      }
      for (IpAddress address : visitor.addresses()) {
        String family = address.v6() ? " ip6" : " ip";
        String from = "iifname " + tunnel.device() + family + " saddr " + address;
        for (IpAddress own : scope.ownPageAddresses()) {
          if (own.v6() == address.v6()) {
            openPage(chain, from + family + " daddr " + own + " tcp dport 80 ", own.v6());
          }
        }
        chain.rule(from + " " + FirewallCounter.FROM_TUNNEL.drop());
      }
    }
  }

  /** What comes from a provisional peer; where this end joins, nobody else is in the tunnel. */
  static String provisionalSource(String device, Pairing pairing) {
    String from = "iifname " + device;
    return pairing.invites()
        ? from + (pairing.farAddress().v6() ? " ip6 saddr " : " ip saddr ") + pairing.farAddress()
        : from;
  }

  private static NftChain lan(FirewallScope scope) {
    NftChain chain =
        NftChain.named("input_lan", "What Noren offers in the shop: its page, names, a lease.");
    floods(chain, scope.lan().device(), scope.beside());
    chain
        .rule("icmp type echo-request accept")
        .rule("icmpv6 type { echo-request, nd-router-solicit, " + NEIGHBOURS + " } accept")
        .rule("udp dport %s accept", lanPorts(scope))
        .rule("tcp dport { 22, 53 } accept");
    page(chain, scope);
    chain.ruleIf(
        scope.isNamed(),
        "ip daddr %s udp dport %d limit rate %d/second burst %d packets accept"
            .formatted(LocalNames.GROUP, LocalNames.PORT, MOST_NAME_TALK, MOST_NAME_TALK));
    if (scope.beside()) {
      line(chain, scope);
    }
    return chain.rule(FirewallCounter.FROM_LAN.drop());
  }

  /**
   * At the page's own addresses alone. Who has taken all his connections is not answered, so that
   * his browser tries again; by the device and not by the address, of which a device takes as many
   * as it likes.
   */
  private static void page(NftChain chain, FirewallScope scope) {
    for (IpAddress own : scope.pageAddresses()) {
      String ports = scope.metersForLan() ? PAGE_AND_METRICS_PORTS : PAGE_PORTS;
      String to = (own.v6() ? "ip6 daddr " : "ip daddr ") + own + " " + ports;
      chain
          .rule(
              "%sadd @%s { ether saddr ct count over %d } %s"
                  .formatted(
                      to,
                      DeviceObjects.PAGE_FLOWS,
                      MOST_PAGE_FLOWS,
                      FirewallCounter.FROM_LAN.drop()))
          .rule(to + "accept");
    }
  }

  /** By the address: there is no MAC, and in a tunnel everybody has his own. */
  private static NftChain fromTunnels(
      FirewallScope scope, NftChain chain, List<FirewallTunnel> tunnels, String ports) {
    for (FirewallTunnel tunnel : tunnels) {
      String from = "iifname " + tunnel.device();
      chain
          .each(from + " ip saddr %s return", tunnel.silent(false))
          .each(from + " ip6 saddr %s return", tunnel.silent(true))
          .each(
              from + " ip saddr %s ip saddr != @" + Marks.SIGNED_IN4 + " return",
              tunnel.signers(false))
          .each(
              from + " ip6 saddr %s ip6 saddr != @" + Marks.SIGNED_IN6 + " return",
              tunnel.signers(true));
    }
    for (IpAddress own : scope.ownPageAddresses()) {
      String family = own.v6() ? "ip6" : "ip";
      String to = family + " daddr " + own + " " + ports;
      openPage(chain, to, own.v6());
    }
    return chain;
  }

  /** So many connections each, from a tunnel. */
  private static void openPage(NftChain chain, String to, boolean v6) {
    chain
        .rule(
            "%sadd @%s { %s saddr ct count over %d } %s"
                .formatted(
                    to,
                    v6 ? DeviceObjects.TUNNEL_PAGE_FLOWS6 : DeviceObjects.TUNNEL_PAGE_FLOWS4,
                    v6 ? "ip6" : "ip",
                    MOST_PAGE_FLOWS,
                    FirewallCounter.FROM_TUNNEL.drop()))
        .rule(to + "accept");
  }

  /** What it says to all of the network is no connection, and is not counted as one. */
  private static NftChain things(FirewallScope scope) {
    return NftChain.named(
            "input_thing",
            "A thing of the shop gets an address and nothing else: no names, no page.")
        .ruleIf(scope.servesDhcp(), "udp dport 67 accept")
        .rule("icmp type echo-request accept")
        .rule("icmpv6 type echo-request accept")
        .rule("fib daddr type { broadcast, multicast } " + FirewallCounter.FROM_LAN.drop())
        .rule("counter name " + AccessCounter.THINGS + " drop");
  }

  /** Beside, a router that forwards a port may put its own address in place of the sender's. */
  private static List<Integer> lanPorts(FirewallScope scope) {
    List<Integer> ports = new ArrayList<>(List.of(53));
    if (scope.servesDhcp()) {
      ports.add(67);
    }
    if (!scope.lan().networks(true).isEmpty()) {
      ports.add(547);
    }
    ports.addAll(scope.listenPorts());
    return ports;
  }

  private static NftChain line(FirewallScope scope) {
    NftChain chain =
        NftChain.named("input_line", "Towards a line nothing is open but the tunnels' ports.")
            .rule("udp dport %s accept", scope.listenPorts());
    scope.lines().devices().forEach(line -> floods(chain, line, true));
    line(chain, scope);
    return chain.rule(FirewallCounter.FROM_LINE.drop());
  }

  /** What a line needs to come up, and on the one port beside a client without an address. */
  private static void line(NftChain chain, FirewallScope scope) {
    chain
        .rule("icmpv6 type nd-router-advert jump advertisement")
        .ruleIf(
            scope.beside() && scope.servesDhcp(),
            "ip saddr 0.0.0.0 udp sport . udp dport { 68 . 67 } accept")
        .rule(LINE_ADDRESS)
        .rule("icmpv6 type { nd-router-advert, " + NEIGHBOURS + " } accept");
  }

  /**
   * The kernel keeps what neighbours tell it in tables that all links share, and bounds none of
   * what a router tells it. Each device has a measure of its own, so that a line's neighbour can't
   * use up the shop's.
   */
  private static void floods(NftChain chain, String device, boolean routers) {
    String from = "iifname " + device + " icmpv6 type ";
    chain
        .rule(
            from
                + "{ nd-neighbor-solicit, nd-router-solicit } limit rate over 50/second burst 100"
                + " packets "
                + NEIGHBOUR)
        .ruleIf(
            routers,
            from + "nd-router-advert limit rate over 20/minute burst 20 packets " + NEIGHBOUR);
  }

  /** By RFC 4861 the hop limit is in byte 4, and the time between questions in bytes 12 to 15. */
  private static NftChain advertisement() {
    return NftChain.named(
            "advertisement",
            "What a router says of itself: no more than fits, no hop limit that leads nowhere, and"
                + " no\nhours (in ms) between two questions, which would outlast whoever said so.")
        .rule("ip6 length > 512 " + NEIGHBOUR)
        .rule("@th,32,8 1-31 " + NEIGHBOUR)
        .rule("@th,96,32 > 10000 " + NEIGHBOUR);
  }

  private static String chain(FirewallTunnel tunnel) {
    return tunnel.signsIn() ? "input_sign_in" : "input_tunnel";
  }

  private static NftChain signIn(FirewallScope scope) {
    List<FirewallTunnel> tunnels =
        scope.tunnels().stream().filter(FirewallTunnel::signsIn).toList();
    NftChain chain =
        NftChain.named(
            "input_sign_in",
            "Where people sign in, from their own devices and at the tunnel's own address.");
    for (FirewallTunnel tunnel : tunnels) {
      String from = "iifname " + tunnel.device();
      for (boolean v6 : new boolean[] {false, true}) {
        String family = v6 ? "ip6" : "ip";
        List<IpAddress> signers = tunnel.signers(v6);
        if (signers.isEmpty()) {
          continue;
        }
        String to =
            "%s %s saddr %s %s daddr %%s tcp dport 80 "
                .formatted(from, family, NftChain.set(signers), family);
        String flows =
            "add @%s { %s saddr ct count over %d } "
                .formatted(
                    v6 ? DeviceObjects.SIGN_IN_FLOWS6 : DeviceObjects.SIGN_IN_FLOWS4,
                    family,
                    MOST_SIGN_IN_FLOWS);
        chain
            .rule(to + flows + FirewallCounter.FROM_TUNNEL.drop(), tunnel.addresses(v6))
            .rule(to + "accept", tunnel.addresses(v6));
      }
    }
    return chain.rule("goto input_tunnel");
  }

  private static NftChain tunnel() {
    return NftChain.named("input_tunnel", "What Noren offers to the far ends.")
        .rule("icmp type echo-request accept")
        .rule("icmpv6 type echo-request accept")
        .rule("udp dport 53 accept")
        .rule("tcp dport 53 accept")
        .rule(FirewallCounter.FROM_TUNNEL.drop());
  }
}
