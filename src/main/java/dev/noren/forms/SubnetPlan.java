package dev.noren.forms;

import dev.noren.config.AccessRule;
import dev.noren.config.CloudForm;
import dev.noren.config.Device;
import dev.noren.config.Form;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.config.Shop;
import dev.noren.config.WanConfig;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.text.Refused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Allots networks out of one plan: for coming shops, for tunnels, and as which shops whose networks
 * overlap see each other.
 *
 * @param whole the IPv4 network that all are a part of
 * @param taken what none of them may overlap
 */
public record SubnetPlan(Cidr whole, List<Cidr> taken) {
  /** The plan where nobody chose one: 10.64.0.0/10, where few routers put a network by default. */
  public static final Cidr WHOLE = new Cidr(IpAddress.v4(10 << 24 | 64 << 16), 10);

  /** The prefix length of a shop's network, and of a tunnel's. */
  public static final int PREFIX = 24;

  public SubnetPlan {
    taken = List.copyOf(taken);
    if (whole.address().v6()) {
      throw new Refused("plan.v4", whole);
    }
  }

  /**
   * The plan of a router.
   *
   * @param lan the shop's network as it is, where the document leaves it to the box, or null
   */
  public static SubnetPlan of(RouterConfig config, Cidr lan) {
    List<Cidr> taken = new ArrayList<>();
    taken.add(config.lan().address());
    taken.add(lan);
    config.wan().stream()
        .map(WanConfig::method)
        .filter(WanConfig.Static.class::isInstance)
        .forEach(method -> taken.add(((WanConfig.Static) method).address()));
    config.tunnels().forEach(tunnel -> addTunnel(taken, tunnel));
    config.forms().forEach(form -> addForm(taken, form));
    config.access().rules().stream().map(AccessRule::subnets).forEach(taken::addAll);
    return new SubnetPlan(
        WHOLE,
        taken.stream()
            .filter(Objects::nonNull)
            .filter(each -> !each.address().v6() && each.prefixLength() > 0)
            .map(Cidr::masked)
            .distinct()
            .toList());
  }

  private static void addTunnel(List<Cidr> taken, RouterTunnel tunnel) {
    taken.addAll(tunnel.addresses());
    taken.addAll(tunnel.use().subnets());
    taken.addAll(tunnel.use().exceptSubnets());
    tunnel.peers().forEach(peer -> taken.addAll(peer.config().allowedIps()));
  }

  private static void addForm(List<Cidr> taken, Form form) {
    if (form instanceof CloudForm cloud) {
      addTunnel(taken, cloud.tunnel());
    }
    taken.add(form.seenAs());
    if (form.gateway() != null) {
      taken.addAll(form.gateway().addresses());
    }
    for (Shop shop : form.shops()) {
      taken.addAll(shop.subnets());
      taken.addAll(shop.seenAs());
      taken.add(shop.address() == null ? null : host(shop.address()));
    }
    form.devices().stream()
        .map(Device::addresses)
        .flatMap(List::stream)
        .forEach(address -> taken.add(host(address)));
  }

  private static Cidr host(IpAddress address) {
    return new Cidr(address, address.bits());
  }

  /**
   * The first free network, or null where there is none.
   *
   * @param prefixLength how large it is to be
   */
  public Cidr free(int prefixLength) {
    return search(prefixLength, 0);
  }

  /**
   * A free network somewhere in the plan, so that routers that know nothing of each other seldom
   * choose the same; or null where there is none.
   *
   * @param seed what is another one at each router, as a public key is
   */
  public Cidr free(int prefixLength, String seed) {
    return search(prefixLength, (seed.hashCode() * 0x9e37_79b9) >>> 8);
  }

  private Cidr search(int prefixLength, int start) {
    if (prefixLength < whole.prefixLength() || prefixLength > whole.address().bits()) {
      return null;
    }
    long networks = 1L << (prefixLength - whole.prefixLength());
    long first = whole.masked().address().low();
    for (long tried = 0; tried < networks; ) {
      long at = (start + tried) % networks;
      Cidr network =
          new Cidr(
              IpAddress.v4((int) (first + (at << (whole.address().bits() - prefixLength)))),
              prefixLength);
      Cidr other = overlapped(network);
      if (other == null) {
        return network;
      }
      // A wide one is passed in one step, or a narrow search would not end.
      long step = 1L << Math.max(0, prefixLength - other.prefixLength());
      tried += Math.min(step - at % step, networks - at);
    }
    return null;
  }

  private Cidr overlapped(Cidr network) {
    return taken.stream().filter(network::overlaps).findFirst().orElse(null);
  }

  /** The same where one more network is taken. */
  public SubnetPlan with(Cidr network) {
    List<Cidr> more = new ArrayList<>(taken);
    more.add(network.masked());
    return new SubnetPlan(whole, more);
  }

  /**
   * Networks as which overlapping ones can be seen, each of the length of the real one.
   *
   * @throws IllegalArgumentException where the plan has no room for one
   */
  public List<Cidr> seenAs(Collection<Cidr> real) {
    SubnetPlan rest = this;
    List<Cidr> all = new ArrayList<>();
    for (Cidr each : real) {
      Cidr seen = each.address().v6() ? null : rest.free(each.prefixLength());
      if (seen == null) {
        throw new Refused("plan.none-free", each, whole);
      }
      all.add(seen);
      rest = rest.with(seen);
    }
    return all;
  }
}
