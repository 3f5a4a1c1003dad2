package dev.noren.plan;

import dev.noren.config.WanConfig.Dhcp;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.plan.Layout.Lan;
import dev.noren.plan.Layout.Line;
import dev.noren.plan.RouterFacts.Lease;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The commands of ip(8) that a plan needs, each with what takes it back. */
final class Ways {
  /** What is added to a line's number for its default route's metric. */
  private static final int METRIC = 100;

  /** The same where the line is sick, so that any well one is preferred. */
  private static final int SICK_METRIC = 1000;

  /** Behind every other route of its table. */
  private static final int LAST_METRIC = 4096;

  /** From here on, before the last, a tunnel's route that says how much comes through. */
  private static final int NARROWED_METRIC = 1025;

  private static final int NARROWED_METRICS = LAST_METRIC - NARROWED_METRIC;

  private final Layout layout;
  private final RouterFacts facts;
  private final List<TunnelPlan> tunnels;

  Ways(Layout layout, RouterFacts facts, List<TunnelPlan> tunnels) {
    this.layout = layout;
    this.facts = facts;
    this.tunnels = tunnels;
  }

  /** The bridge and the ports. A port that is up stays so: its cable is looked at. */
  List<Deed.Command> links() {
    List<Deed.Command> links = new ArrayList<>();
    Lan lan = layout.lan();
    if (lan != null && !layout.beside()) {
      String mac = OwnNetwork.mac(facts.machineId());
      links.add(
          ip(
              "link add name %s address %s group %d type bridge forward_delay 0"
                  .formatted(lan.device(), mac, Marks.DEVICE_GROUP),
              "link del dev " + lan.device()));
      for (String member : lan.members()) {
        links.add(
            ip(
                "link set dev %s master %s".formatted(member, lan.device()),
                "link set dev " + member + " nomaster"));
      }
      links.add(ip("link set dev " + lan.device() + " up", ""));
    }
    for (RouterFacts.Port port : facts.ports()) {
      if (uses(port.name())) {
        links.add(ip("link set dev " + port.name() + " up", ""));
      }
    }
    return links;
  }

  private boolean uses(String port) {
    return layout.candidates().contains(port)
        || (layout.lan() != null && layout.lan().members().contains(port))
        || layout.lines().stream().anyMatch(line -> line.port().equals(port));
  }

  /**
   * Addresses, and the tunnels' interfaces up once they have them. A PPP interface gets its own.
   */
  List<Deed.Command> addresses() {
    List<Deed.Command> addresses = new ArrayList<>();
    for (Line line : layout.lines()) {
      if (isThere(line) && line.device().equals(line.port())) {
        addresses.add(address(line.lease().address(), line.device()));
      }
    }
    Lan lan = layout.lan();
    if (lan != null && !layout.beside()) {
      addresses.add(address(lan.address(), lan.device()));
      if (lan.address6() != null) {
        addresses.add(address(lan.address6(), lan.device()));
      }
      if (layout.fixedAddress() != null) {
        addresses.add(fixed(layout.fixedAddress(), lan.device()));
      }
    }
    for (TunnelPlan tunnel : tunnels) {
      for (Cidr address : tunnel.config().addresses()) {
        if (facts.ipv6() || !address.address().v6()) {
          addresses.add(address(address, tunnel.device()));
        }
      }
      // Down again would take IPv6 addresses before they are taken back; it goes with its tunnel.
      addresses.add(ip("link set dev " + tunnel.device() + " up", ""));
    }
    return addresses;
  }

  private boolean isThere(Line line) {
    return facts.port(line.port()) != null
        && line.lease() != null
        && line.lease().address() != null;
  }

  private static Deed.Command address(Cidr address, String device) {
    boolean v4Network = !address.address().v6() && address.prefixLength() < 31;
    String end = address + (v4Network ? " broadcast +" : "") + " dev " + device;
    String family = address.address().v6() ? "-6" : "-4";
    return ip(family + " address add " + end, family + " address del " + end);
  }

  /** By its scope nothing is sent from it unasked; by its label dnsmasq leaves it alone. */
  private static Deed.Command fixed(IpAddress address, String device) {
    String end = address + "/32 dev " + device;
    return ip(
        "-4 address add %s scope host label %s:page".formatted(end, device),
        "-4 address del " + end);
  }

  /** Routes: the lines' in the main table and in their own, and the tunnels' tables. */
  List<Deed.Command> routes() {
    Set<Deed.Command> routes = new LinkedHashSet<>();
    for (Line line : layout.lines()) {
      if (isThere(line) && leadsOn(line)) {
        String way = way(line);
        int metric = (line.healthy() ? METRIC : SICK_METRIC) + line.number();
        routes.add(route("-4", "default" + way + " metric " + metric));
        if (layout.forwards()) {
          routes.add(route("-4", "default" + way + " table " + Marks.tableOfLine(line.number())));
        }
      }
      if (layout.forwards()) {
        // Or a look at a line that gives nothing would go out by another, and find it well.
        routes.add(last("-4", Marks.tableOfLine(line.number())));
      }
      Cidr delegated = line.lease() == null ? null : line.lease().delegated();
      if (delegated != null && layout.lan() != null && layout.lan().address6() != null) {
        // Or what the shop does not use would go to and fro between Noren and the line (RFC 7084).
        routes.add(route("-6", "unreachable " + delegated.masked() + " metric " + LAST_METRIC));
      }
    }
    if (hasOwn6()) {
      routes.add(
          route("-6", own6() + " dev " + layout.lan().device() + " table " + Marks.TABLE_OF_LAN));
    }
    for (TunnelPlan tunnel : tunnels) {
      int table = Marks.tableOfTunnel(tunnel.number());
      String way = "default dev " + tunnel.device() + " table " + table + narrowed(tunnel);
      if (Tunnels.carries(tunnel.config(), false)) {
        routes.add(route("-4", way));
      }
      if (tunnel.config().killSwitch()) {
        routes.add(last("-4", table));
      }
      if (facts.ipv6() && Tunnels.carries(tunnel.config(), true)) {
        routes.add(route("-6", way));
      }
      if (facts.ipv6() && tunnel.config().killSwitch()) {
        routes.add(last("-6", table));
      }
    }
    return List.copyOf(routes);
  }

  /**
   * By the route, since IPv6 leaves an interface whose MTU is less than 1280 bytes, and since
   * echoes that look whether larger ones come through again pass over it. For a moment it stands
   * beside the one that it takes over from, and IPv6 wants two to have two metrics: one without a
   * metric has 0 or 1024 and is before it, so that it is the one that goes when such a one is to
   * go.
   */
  private static String narrowed(TunnelPlan tunnel) {
    int bytes = tunnel.passingBytes();
    return tunnel.isNarrowed()
        ? " mtu %d metric %d".formatted(bytes, NARROWED_METRIC + bytes % NARROWED_METRICS)
        : "";
  }

  /** Without a router, a network would be asked for each address of the world by ARP. */
  private static boolean leadsOn(Line line) {
    return line.lease().gateway() != null || !(line.config().method() instanceof Dhcp);
  }

  private String way(Line line) {
    Lease lease = line.lease();
    IpAddress gateway = lease.gateway();
    StringBuilder way = new StringBuilder();
    if (gateway != null) {
      way.append(" via ").append(gateway);
    }
    way.append(" dev ").append(line.device());
    if (gateway != null && !lease.address().contains(gateway)) {
      way.append(" onlink");
    }
    int mtuBytes = TunnelMtu.ofLine(line, facts);
    RouterFacts.Port port = facts.port(line.port());
    if (line.device().equals(line.port()) && mtuBytes < port.mtuBytes()) {
      way.append(" mtu ").append(mtuBytes);
    }
    return way.toString();
  }

  private static Deed.Command last(String family, int table) {
    return route(family, "unreachable default metric " + LAST_METRIC + " table " + table);
  }

  /** Appended, since the new default route stands beside the old one for a moment. */
  private static Deed.Command route(String family, String route) {
    return ip(family + " route append " + route, family + " route del " + route);
  }

  /** Which marks lead to which table. */
  List<Deed.Command> rules() {
    List<Deed.Command> rules = new ArrayList<>();
    for (Line line : layout.lines()) {
      int number = line.number();
      rules.add(
          rule(
              "-4",
              Marks.ofLine(number),
              "" + Marks.tableOfLine(number),
              Marks.ruleOfLine(number)));
    }
    if (hasOwn6()) {
      // A router on the line may announce the same network, or a part of it, as its link's own.
      String lan =
          "to %s lookup %d priority %d".formatted(own6(), Marks.TABLE_OF_LAN, Marks.RULE_OF_LAN);
      rules.add(ip("-6 rule add " + lan, "-6 rule del " + lan));
    }
    for (String family : families()) {
      rules.add(rule(family, Marks.OUTER, "main", Marks.RULE_OF_OUTER));
      for (TunnelPlan tunnel : tunnels) {
        int number = tunnel.number();
        rules.add(
            rule(
                family,
                Marks.ofTunnel(number),
                "" + Marks.tableOfTunnel(number),
                Marks.ruleOfTunnel(number)));
      }
    }
    return rules;
  }

  private boolean hasOwn6() {
    return layout.forwards() && layout.lan() != null && layout.lan().address6() != null;
  }

  private Cidr own6() {
    return layout.lan().address6().masked();
  }

  private List<String> families() {
    return facts.ipv6() ? List.of("-4", "-6") : List.of("-4");
  }

  private static Deed.Command rule(String family, int mark, String table, int priority) {
    String rule = "fwmark %s lookup %s priority %d".formatted(Marks.hex(mark), table, priority);
    return ip(family + " rule add " + rule, family + " rule del " + rule);
  }

  private static Deed.Command ip(String does, String undoes) {
    return new Deed.Command(words(does), words(undoes));
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(("ip " + text).split(" ", -1));
  }
}
