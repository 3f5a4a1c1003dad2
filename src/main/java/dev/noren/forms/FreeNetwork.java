package dev.noren.forms;

import dev.noren.config.AccessRule;
import dev.noren.config.CloudForm;
import dev.noren.config.DnsConfig;
import dev.noren.config.Form;
import dev.noren.config.Gateway;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.config.Shop;
import dev.noren.config.SiteForm;
import dev.noren.config.VdiForm;
import dev.noren.config.WanConfig;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;

/** Finds a network for a tunnel that meets no other one, and a port where nobody listens. */
public final class FreeNetwork {
  private static final int PREFIX = 24;

  /** Where the search begins and how many networks of this length there are. */
  private record Range(int first, int networks) {}

  /**
   * 10.2.0.0 and what follows: home routers have 10.0 and 10.1. Then 172.16.0.0/12 and
   * 192.168.0.0/16, where all of that is taken.
   */
  private static final List<Range> RANGES =
      List.of(
          new Range(0x0a02_0000, (1 << 16) - (2 << 8)),
          new Range(0xac10_0000, 1 << 12),
          new Range(0xc0a8_0000, 1 << 8));

  /** One so short says that everything, or nearly, goes somewhere, not that it is there. */
  private static final int SHORTEST = 8;

  private FreeNetwork() {}

  /**
   * A network of 254 addresses.
   *
   * @param taken what it may not meet
   * @param chance where among the free ones
   * @return Noren's own address in it, the first
   * @throws IllegalArgumentException with a sentence, where there is none
   */
  public static Cidr choose(Collection<Cidr> taken, RandomGenerator chance) {
    for (Range range : RANGES) {
      int start = chance.nextInt(range.networks());
      for (int i = 0; i < range.networks(); i++) {
        int number = (start + i) % range.networks();
        Cidr own = new Cidr(IpAddress.v4(range.first() + (number << (32 - PREFIX)) + 1), PREFIX);
        if (taken.stream().noneMatch(own::overlaps)) {
          return own;
        }
      }
    }
    throw new IllegalArgumentException(
        "no private network of 254 addresses is free for the tunnel: give it addresses");
  }

  /** The networks and hosts that a document speaks of. */
  public static List<Cidr> taken(RouterConfig config) {
    List<Cidr> taken = new ArrayList<>();
    if (config.lan().address() != null) {
      taken.add(config.lan().address());
    }
    for (WanConfig line : config.wan()) {
      if (line.method() instanceof WanConfig.Static fixed) {
        taken.add(fixed.address());
        fixed.dns().forEach(server -> taken.add(host(server)));
      }
    }
    config.dns().upstream().forEach(server -> taken.add(host(server)));
    config.dns().domains().stream()
        .map(DnsConfig.DomainServer::server)
        .forEach(server -> taken.add(host(server)));
    config.tunnels().forEach(tunnel -> add(taken, tunnel));
    config.forms().forEach(form -> add(taken, form));
    config.access().rules().stream().map(AccessRule::to).forEach(taken::addAll);
    return taken.stream().filter(each -> each.prefixLength() >= SHORTEST).toList();
  }

  private static void add(List<Cidr> taken, RouterTunnel tunnel) {
    taken.addAll(tunnel.addresses());
    taken.addAll(tunnel.use().subnets());
    taken.addAll(tunnel.use().exceptSubnets());
    tunnel.peers().forEach(peer -> taken.addAll(peer.config().allowedIps()));
  }

  private static void add(List<Cidr> taken, Form form) {
    if (form.gateway() != null) {
      taken.addAll(form.gateway().addresses());
    }
    for (Shop shop : form.shops()) {
      taken.addAll(shop.subnets());
      taken.addAll(shop.seenAs());
    }
    switch (form) {
      case SiteForm site when site.seenAs() != null -> taken.add(site.seenAs());
      case VdiForm vdi -> vdi.desks().forEach(desk -> taken.add(host(desk.host())));
      case CloudForm cloud -> add(taken, cloud.tunnel());
      default -> {}
    }
  }

  private static Cidr host(IpAddress address) {
    return new Cidr(address, address.bits());
  }

  /** The first port from this one on at which no tunnel of the document listens. */
  public static int port(RouterConfig config, int from) {
    List<Integer> taken = new ArrayList<>();
    for (RouterTunnel tunnel : config.tunnels()) {
      taken.add(tunnel.listenPort());
      taken.addAll(tunnel.alsoPorts());
    }
    for (Form form : config.forms()) {
      Gateway gateway = form.gateway();
      if (gateway != null) {
        taken.add(gateway.listenPort());
        taken.addAll(gateway.alsoPorts());
      } else if (form instanceof CloudForm cloud) {
        taken.add(cloud.tunnel().listenPort());
        taken.addAll(cloud.tunnel().alsoPorts());
      }
    }
    int port = from;
    while (taken.contains(port)) {
      port++;
    }
    return port;
  }
}
