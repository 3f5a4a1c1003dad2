package dev.noren.forms;

import dev.noren.config.DnsConfig;
import dev.noren.config.DnsConfig.DomainServer;
import dev.noren.config.Form;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.config.Shop;
import dev.noren.config.TunnelName;
import dev.noren.net.Cidr;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A configuration whose forms have become tunnels and names.
 *
 * @param config the same configuration, with the forms' tunnels and name servers after its own
 * @param access what these tunnels let through; one that is not named here lets everything into the
 *     shop's network
 * @param names the far networks whose addresses in answers for names are others here
 * @param overlaps the far networks that had to be left out
 */
public record Compiled(
    RouterConfig config, List<TunnelAccess> access, List<SubnetMap> names, List<Overlap> overlaps) {
  public Compiled {
    access = List.copyOf(access);
    names = List.copyOf(names);
    overlaps = List.copyOf(overlaps);
  }

  /**
   * Compiles the forms, for a shop whose network is not known yet.
   *
   * @param today the day in the box's time zone, after which devices are not let in any more
   */
  public static Compiled of(RouterConfig config, LocalDate today) {
    return of(config, today, null);
  }

  /**
   * Compiles the forms.
   *
   * @param today the day in the box's time zone, after which devices are not let in any more
   * @param lan Noren's own address in the shop's network, or null while there is none
   */
  public static Compiled of(RouterConfig config, LocalDate today, Cidr lan) {
    return of(config, today, lan, null);
  }

  /**
   * The same with a technician.
   *
   * @param visit who he is, or null for nobody
   */
  public static Compiled of(RouterConfig config, LocalDate today, Cidr lan, Visit visit) {
    List<Overlap> overlaps = new ArrayList<>();
    List<FormTunnel> forms = new ArrayList<>();
    List<DomainServer> servers = new ArrayList<>(config.dns().domains());
    List<SubnetMap> names = new ArrayList<>();
    for (Form form : config.forms()) {
      List<Overlap> its = Overlap.of(form, lan);
      overlaps.addAll(its);
      FormTunnel tunnel =
          new FormTunnel(
              form,
              config.access(),
              today,
              visit != null && visit.form().equals(form.name()) ? visit : null,
              its);
      forms.add(tunnel);
      for (Shop shop : tunnel.shops()) {
        if (leadsToNames(shop) && servers.stream().noneMatch(each -> isOf(each, shop))) {
          servers.add(new DomainServer(shop.domain(), SubnetMap.seen(shop, shop.dns())));
          names.addAll(SubnetMap.of(shop));
        }
      }
    }
    List<RouterTunnel> tunnels =
        Stream.concat(config.tunnels().stream(), forms.stream().map(FormTunnel::tunnel)).toList();
    DnsConfig dns = config.dns();
    return new Compiled(
        config
            .withTunnels(tunnels)
            .withDns(new DnsConfig(dns.forceClients(), dns.upstream(), servers)),
        forms.stream().map(FormTunnel::access).toList(),
        names,
        overlaps);
  }

  private static boolean leadsToNames(Shop shop) {
    return shop.dns() != null
        && (shop.dns().equals(shop.address())
            || shop.subnets().stream().anyMatch(each -> each.contains(shop.dns())));
  }

  /** What the document says of a domain by itself goes before what a form says. */
  private static boolean isOf(DomainServer server, Shop shop) {
    return server.domain().equals(shop.domain());
  }

  /** What the tunnel of this name lets through, or null where no form made it. */
  public TunnelAccess access(TunnelName tunnel) {
    return access.stream().filter(each -> each.tunnel().equals(tunnel)).findFirst().orElse(null);
  }
}
