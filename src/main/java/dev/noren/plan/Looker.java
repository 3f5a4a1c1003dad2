package dev.noren.plan;

import dev.noren.config.DhcpConfig;
import dev.noren.config.InterfaceNames;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterConfig.Role;
import dev.noren.config.WanConfig;
import dev.noren.config.WanConfig.Dhcp;
import dev.noren.config.WanConfig.Pppoe;
import dev.noren.config.WanConfig.Static;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.plan.Layout.Lan;
import dev.noren.plan.Layout.Line;
import dev.noren.plan.RouterFacts.Lease;
import dev.noren.plan.RouterFacts.Port;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out who is what. */
final class Looker {
  /** The prefix length of a network whose clients choose their own addresses (RFC 4291). */
  private static final int V6_NETWORK = 64;

  private final RouterConfig config;
  private final boolean claimed;
  private final RouterFacts facts;

  Looker(RouterConfig config, boolean claimed, RouterFacts facts) {
    this.config = config;
    this.claimed = claimed;
    this.facts = facts;
  }

  Layout layout() {
    return role() == Role.BESIDE ? beside() : router();
  }

  /** A port that is named or had the line counts although it is not there now: it may come back. */
  private Role role() {
    if (config.role() != Role.AUTO) {
      return config.role();
    }
    Set<String> ports = new LinkedHashSet<>(config.ports().wan());
    ports.addAll(config.ports().lan());
    config.wan().stream().map(WanConfig::port).filter(Objects::nonNull).forEach(ports::add);
    if (facts.chosenWan() != null) {
      ports.add(facts.chosenWan());
    }
    ports.addAll(portNames());
    return ports.size() > 1 ? Role.ROUTER : Role.BESIDE;
  }

  private List<String> portNames() {
    return facts.ports().stream().map(Port::name).toList();
  }

  private Layout beside() {
    WanConfig wan = config.wan().isEmpty() ? byDhcp(null) : config.wan().getFirst();
    if (wan.method() instanceof Pppoe) {
      wan = new WanConfig(wan.port(), new Dhcp(), wan.ipv6());
    }
    List<String> pool = pool();
    String port = linePort(wan, pool);
    if (port == null) {
      return new Layout(Role.BESIDE, claimed, List.of(), null, pool);
    }
    Line line = line(0, wan, port);
    Cidr own = line.lease() == null ? null : line.lease().address();
    Lan lan = own == null ? null : lan(port, List.of(), own, null);
    return new Layout(Role.BESIDE, claimed, List.of(line), lan, List.of());
  }

  private Layout router() {
    List<String> pool = pool();
    List<Line> lines = lines(pool);
    List<String> candidates = lines.isEmpty() ? pool : List.of();
    List<String> named = config.ports().lan();
    if (named.isEmpty() && lines.isEmpty()) {
      return new Layout(Role.ROUTER, claimed, lines, null, candidates);
    }
    List<String> members =
        named.isEmpty()
            ? portNames().stream().filter(port -> isFree(port, lines)).toList()
            : portNames().stream().filter(named::contains).toList();
    Cidr own = config.lan().address();
    if (own == null) {
      own = OwnNetwork.choose(facts.machineId(), facts.chosenLan(), taken(lines));
    } else {
      Cidr fixed = own;
      lines.replaceAll(line -> overlaps(line.lease(), fixed) ? setAside(line) : line);
    }
    Lan lan = lan(InterfaceNames.BRIDGE, members, own, address6(lines));
    // A document may come by another way than the page, and then its devices are to go out.
    return new Layout(Role.ROUTER, claimed, lines, lan, candidates, !claimed && !facts.owned());
  }

  private boolean isFree(String port, List<Line> lines) {
    return !config.ports().wan().contains(port)
        && lines.stream().noneMatch(line -> line.port().equals(port));
  }

  /** Whether what a line gave lies in the network that the shop was given by its owner. */
  static boolean overlaps(Lease lease, Cidr own) {
    return lease != null && lease.address() != null && lease.address().overlaps(own);
  }

  private static Line setAside(Line line) {
    return new Line(line.number(), line.config(), line.port(), line.device(), null, false);
  }

  /** The ports that may have a line whose port is not named. */
  private List<String> pool() {
    List<String> named = config.ports().wan();
    return named.isEmpty()
        ? portNames().stream().filter(port -> !config.ports().lan().contains(port)).toList()
        : named;
  }

  /** In the document's order, and after them the other ports that are named for lines. */
  private List<Line> lines(List<String> pool) {
    List<WanConfig> configs = new ArrayList<>(config.wan());
    if (configs.stream().allMatch(wan -> wan.port() != null)) {
      for (String port : config.ports().wan()) {
        if (configs.stream().noneMatch(wan -> wan.port().equals(port))) {
          configs.add(byDhcp(port));
        }
      }
    }
    if (configs.isEmpty()) {
      configs.add(byDhcp(null));
    }
    List<Line> lines = new ArrayList<>();
    for (WanConfig wan : configs) {
      String port = linePort(wan, pool);
      if (port != null) {
        lines.add(line(lines.size(), wan, port));
      }
    }
    return lines;
  }

  private static WanConfig byDhcp(String port) {
    return new WanConfig(port, new Dhcp(), WanConfig.Ipv6.AUTO);
  }

  /** The port of a line, or null while it is not known. */
  private String linePort(WanConfig wan, List<String> pool) {
    String chosen = facts.chosenWan();
    boolean mayBeChosen =
        chosen != null
            && !config.ports().lan().contains(chosen)
            && (config.ports().wan().isEmpty() || pool.contains(chosen));
    if (wan.port() != null) {
      return wan.port();
    } else if (mayBeChosen) {
      return chosen;
    } else if (pool.size() == 1 || (!pool.isEmpty() && !(wan.method() instanceof Dhcp))) {
      return pool.getFirst();
    }
    return null;
  }

  private Line line(int number, WanConfig wan, String port) {
    String device = wan.method() instanceof Pppoe ? InterfaceNames.PPP + number : port;
    Lease given = facts.leases().get(device);
    Lease lease =
        wan.method() instanceof Static fixed
            ? new Lease(
                fixed.address(),
                fixed.gateway(),
                fixed.dns(),
                null,
                0,
                given == null ? null : given.delegated())
            : given;
    Port seen = facts.port(port);
    boolean healthy =
        seen != null
            && seen.carrier()
            && lease != null
            && lease.address() != null
            && !facts.sickLines().contains(device);
    return new Line(number, wan, port, device, lease, healthy);
  }

  private Lan lan(String device, List<String> members, Cidr own, Cidr own6) {
    DhcpConfig dhcp = config.lan().dhcp();
    boolean on = dhcp.on() == null ? device.equals(InterfaceNames.BRIDGE) : dhcp.on();
    if (!on || own.prefixLength() > 30) {
      return new Lan(device, members, own, own6, null, null);
    }
    boolean given = dhcp.from() != null && own.contains(dhcp.from()) && own.contains(dhcp.to());
    ClientRange range = given ? new ClientRange(dhcp.from(), dhcp.to()) : ClientRange.of(own);
    return new Lan(device, members, own, own6, range.from(), range.to());
  }

  /** The first address of the first network of the prefix that a line gave for the shop. */
  private Cidr address6(List<Line> lines) {
    if (!facts.ipv6() || Tunnels.withholdsIpv6(config)) {
      return null;
    }
    return lines.stream()
        .map(line -> line.lease() == null ? null : line.lease().delegated())
        .filter(prefix -> prefix != null && prefix.prefixLength() <= V6_NETWORK)
        .findFirst()
        .map(Cidr::masked)
        .map(p -> new Cidr(IpAddress.v6(p.address().high(), p.address().low() + 1), V6_NETWORK))
        .orElse(null);
  }

  /** What the shop's own network must leave alone. */
  private List<Cidr> taken(List<Line> lines) {
    List<Cidr> taken = new ArrayList<>();
    for (Line line : lines) {
      Lease lease = line.lease();
      if (lease != null) {
        Stream.of(lease.address()).filter(Objects::nonNull).forEach(taken::add);
        Stream.of(lease.gateway()).filter(Objects::nonNull).map(Looker::alone).forEach(taken::add);
        lease.dns().stream().map(Looker::alone).forEach(taken::add);
      }
    }
    config.dns().upstream().stream().map(Looker::alone).forEach(taken::add);
    config.dns().domains().stream().map(each -> alone(each.server())).forEach(taken::add);
    facts
        .endpoints()
        .values()
        .forEach(each -> each.stream().map(Looker::alone).forEach(taken::add));
    config
        .tunnels()
        .forEach(
            tunnel -> {
              taken.addAll(tunnel.addresses());
              tunnel.peers().forEach(peer -> taken.addAll(peer.config().allowedIps()));
            });
    taken.removeIf(cidr -> cidr.address().v6() || cidr.prefixLength() <= 1);
    return taken;
  }

  private static Cidr alone(IpAddress address) {
    return new Cidr(address, address.bits());
  }
}
