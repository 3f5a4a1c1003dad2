package dev.noren.forms;

import dev.noren.config.CloudForm;
import dev.noren.config.DnsConfig;
import dev.noren.config.Form;
import dev.noren.config.Gateway;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.config.VdiForm;
import dev.noren.config.WanConfig;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.net.PrivateNetworks;
import dev.noren.text.Refused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Finds a network for a tunnel that meets no other one, and a port where nobody listens. */
public final class FreeNetwork {
  /** Where it looks: in the plan, and in all private networks where that has no room. */
  private static final List<Cidr> WHOLES =
      Stream.concat(Stream.of(SubnetPlan.WHOLE), PrivateNetworks.OF_SITES.stream()).toList();

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
    for (Cidr whole : WHOLES) {
      SubnetPlan plan = new SubnetPlan(whole, List.copyOf(taken));
      Cidr network = plan.free(SubnetPlan.PREFIX, Long.toString(chance.nextLong()));
      if (network != null) {
        IpAddress first = network.address();
        return new Cidr(new IpAddress(false, 0, first.low() + 1), network.prefixLength());
      }
    }
    throw new Refused("network.none-free");
  }

  /** The IPv4 networks and hosts that a document speaks of. */
  public static List<Cidr> taken(RouterConfig config) {
    List<Cidr> taken = new ArrayList<>(SubnetPlan.of(config, null).taken());
    for (WanConfig line : config.wan()) {
      if (line.method() instanceof WanConfig.Static fixed) {
        fixed.dns().forEach(server -> taken.add(host(server)));
      }
    }
    config.dns().upstream().forEach(server -> taken.add(host(server)));
    config.dns().domains().stream()
        .map(DnsConfig.DomainServer::server)
        .forEach(server -> taken.add(host(server)));
    for (Form form : config.forms()) {
      if (form instanceof VdiForm vdi) {
        vdi.desks().forEach(desk -> taken.add(host(desk.host())));
      }
    }
    return taken.stream().filter(each -> each.prefixLength() >= SHORTEST).toList();
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
