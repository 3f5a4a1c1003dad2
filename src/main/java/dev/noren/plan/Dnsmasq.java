package dev.noren.plan;

import dev.noren.config.DhcpConfig;
import dev.noren.config.DnsConfig;
import dev.noren.config.DnsConfig.DomainServer;
import dev.noren.config.LanConfig.Reservation;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.forms.SubnetMap;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.plan.Layout.Lan;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** dnsmasq (package dnsmasq-base, 2.90 or later): names and addresses for the shop's network. */
final class Dnsmasq {
  /** How many clients can have an address at the same time. */
  static final int MOST_LEASES = 1000;

  /** How many names are remembered; each takes about a hundred bytes. */
  private static final int CACHED_NAMES = 2000;

  /**
   * How long, in seconds, clients may remember the address of a name where names decide about the
   * way: after a restart the firewall knows an address only once its name was asked for again.
   */
  private static final int SHORT_TTL_SECONDS = 60;

  /** The domain of the clients' own names. */
  private static final String DOMAIN = DnsConfig.LAN_DOMAIN;

  /** By which browsers find the page. */
  private static final String PAGE_NAME = "noren.local";

  /**
   * Names by which browsers and telephones ask whether they may use other name servers than the
   * network's: Firefox, Apple's relay, and discovery of encrypted ones (RFC 9462).
   */
  private static final String CANARIES =
      "/use-application-dns.net/mask.icloud.com/mask-h2.icloud.com/resolver.arpa/";

  private final RouterConfig config;
  private final Layout layout;
  private final RouterFacts facts;
  private final List<SubnetMap> mapped;
  private final Map<String, List<String>> sets;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param mapped the networks whose addresses in answers are others here
   */
  Dnsmasq(
      RouterConfig config,
      Layout layout,
      RouterFacts facts,
      List<TunnelPlan> tunnels,
      List<SubnetMap> mapped) {
    this.mapped = mapped;
    this.config = config;
    this.layout = layout;
    this.facts = facts;
    this.sets = NameSets.of(tunnels);
  }

  ServicePlan service() {
    return new ServicePlan(
        "dnsmasq",
        List.of("dnsmasq", "--conf-file=" + ServicePlan.FOLDER + "/dnsmasq.conf"),
        Map.of("dnsmasq.conf", text()));
  }

  /** The whole configuration file. */
  String text() {
    text.setLength(0);
    process();
    listening();
    names();
    upstream();
    sets();
    if (layout.lan().dhcpFrom() != null) {
      addresses();
    }
    if (layout.lan().address6() != null) {
      advertisements();
    }
    return text.toString();
  }

  private void process() {
    title("The process: in front, as who started it, with nothing outside its own folder");
    line("keep-in-foreground");
    line("user=root");
    line("pid-file=");
    line("log-facility=-");
    line("quiet-dhcp");
    line("quiet-dhcp6");
    line("quiet-ra");
  }

  private void listening() {
    title("Whom it answers: the shop's network, and the far ends of tunnels");
    line("bind-dynamic");
    line("except-interface=lo");
    line("interface=" + layout.lan().device());
    for (RouterTunnel tunnel : config.tunnels()) {
      line("interface=" + tunnel.name());
      line("no-dhcp-interface=" + tunnel.name());
    }
    if (layout.lan().dhcpFrom() == null && layout.lan().address6() == null) {
      line("no-dhcp-interface=" + layout.lan().device());
    }
  }

  private void names() {
    String name = config.name().toLowerCase(Locale.ROOT);
    title("Its own names; those of private networks stay here");
    line("no-hosts");
    line("domain=" + DOMAIN);
    line("local=/" + DOMAIN + "/");
    line("host-record=%s,%s.%s,%s".formatted(name, name, DOMAIN, layout.lan().address().address()));
    // Some clients ask for it here, and not all of their network.
    line("host-record=%s,%s".formatted(PAGE_NAME, layout.lan().address().address()));
    line("domain-needed");
    line("bogus-priv");
    line("cache-size=" + CACHED_NAMES);
    if (config.dns().forceClients()) {
      line("local=" + CANARIES);
    }
  }

  private void upstream() {
    title("Whom it asks");
    line("no-resolv");
    line("no-poll");
    upstreamServers(config, layout).stream()
        .filter(server -> facts.ipv6() || !server.v6())
        .forEach(server -> line("server=" + server));
    Set<String> trusted = new TreeSet<>();
    for (DomainServer domain : config.dns().domains()) {
      line("server=/%s/%s".formatted(domain.domain(), domain.server()));
      trusted.add(domain.domain());
    }
    config.tunnels().forEach(tunnel -> trusted.addAll(tunnel.use().domains()));
    for (SubnetMap map : mapped) {
      line(
          "alias=%s,%s,%s".formatted(map.real().address(), map.seen().address(), mask(map.real())));
    }
    line("stop-dns-rebind");
    trusted.forEach(domain -> line("rebind-domain-ok=/" + domain + "/"));
    if (withholdsIpv6()) {
      line("filter-AAAA");
    }
    if (withholdsIpv6() || !sets.isEmpty()) {
      // They hold addresses too, past the sets and the filter.
      line("filter-rr=HTTPS,SVCB");
    }
  }

  private boolean withholdsIpv6() {
    return Tunnels.withholdsIpv6(config) || (!facts.ipv6() && !layout.beside());
  }

  /** The servers for all names that have none of their own. */
  static List<IpAddress> upstreamServers(RouterConfig config, Layout layout) {
    if (!config.dns().upstream().isEmpty()) {
      return config.dns().upstream();
    }
    Layout.Line line = layout.preferred();
    List<IpAddress> given = line == null ? List.of() : line.lease().dns();
    RouterTunnel full = Tunnels.full(config);
    if (full == null || !full.killSwitch()) {
      return given;
    }
    // Questions would go to the line's own network, past the tunnel.
    List<Cidr> near =
        layout.lines().stream()
            .filter(each -> each.lease() != null && each.lease().address() != null)
            .map(each -> each.lease().address())
            .toList();
    return given.stream()
        .filter(server -> near.stream().noneMatch(network -> network.contains(server)))
        .toList();
  }

  private void sets() {
    if (sets.isEmpty()) {
      return;
    }
    title("The addresses of names that take a tunnel, or do not, are told to the firewall");
    sets.forEach(
        (domain, names) ->
            line(
                names.stream()
                    .flatMap(
                        set ->
                            Stream.of(
                                "4#inet#" + Marks.NFT_TABLE + "#" + set + "4",
                                "6#inet#" + Marks.NFT_TABLE + "#" + set + "6"))
                    .collect(Collectors.joining(",", "nftset=/" + domain + "/", ""))));
    line("max-ttl=" + SHORT_TTL_SECONDS);
  }

  private void addresses() {
    Lan lan = layout.lan();
    DhcpConfig dhcp = config.lan().dhcp();
    title("Addresses for clients");
    line("dhcp-authoritative");
    line("dhcp-leasefile=" + ServicePlan.FOLDER + "/leases");
    line("dhcp-lease-max=" + MOST_LEASES);
    line(
        "dhcp-range=%s,%s,%s,%dm"
            .formatted(lan.dhcpFrom(), lan.dhcpTo(), mask(lan.address()), dhcp.leaseMinutes()));
    line("dhcp-option=option:router," + lan.address().address());
    line("dhcp-option=option:dns-server," + lan.address().address());
    for (Reservation each : config.lan().reservations()) {
      if (lan.address().contains(each.address())) {
        // With its domain, or 12h would be a time and ignore a word of dnsmasq's.
        String name = each.name() == null ? "" : "," + each.name() + "." + DOMAIN;
        line("dhcp-host=%s,%s%s".formatted(each.mac(), each.address(), name));
      }
    }
    // Or a client of that name would tell the browsers of all others which proxy to use.
    line("dhcp-name-match=set:wpad,wpad");
    line("dhcp-ignore-names=tag:wpad");
  }

  private static IpAddress mask(Cidr network) {
    return IpAddress.v4(-1 << (32 - network.prefixLength()));
  }

  private void advertisements() {
    title("IPv6 addresses, which clients make of the announced prefix by themselves");
    line("enable-ra");
    line("dhcp-range=::,constructor:" + layout.lan().device() + ",ra-only,64,90m");
  }

  private void title(String title) {
    text.append(text.isEmpty() ? "" : "\n").append("# ").append(title).append('\n');
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
