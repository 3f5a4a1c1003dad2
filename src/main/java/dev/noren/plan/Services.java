package dev.noren.plan;

import dev.noren.config.RouterConfig;
import dev.noren.config.WanConfig.Dhcp;
import dev.noren.config.WanConfig.Ipv6;
import dev.noren.config.WanConfig.Pppoe;
import dev.noren.forms.SubnetMap;
import dev.noren.plan.Layout.Line;
import java.util.ArrayList;
import java.util.List;

/** The programs that run beside Noren. */
final class Services {
  private Services() {}

  static List<ServicePlan> of(
      RouterConfig config,
      Layout layout,
      RouterFacts facts,
      List<TunnelPlan> tunnels,
      List<SubnetMap> names) {
    List<ServicePlan> services = new ArrayList<>();
    for (String port : layout.candidates()) {
      if (facts.port(port) != null) {
        services.add(DhcpClient.service(port, config.name()));
      }
    }
    for (Line line : layout.lines()) {
      if (facts.port(line.port()) == null) {
        continue;
      }
      if (line.config().method() instanceof Dhcp) {
        services.add(DhcpClient.service(line.port(), config.name()));
      } else if (line.config().method() instanceof Pppoe account) {
        services.add(PppoeClient.service(line, account));
      }
      if (!layout.beside() && facts.ipv6() && line.config().ipv6() == Ipv6.AUTO && isUp(line)) {
        services.add(PrefixClient.service(line.device()));
      }
    }
    if (layout.lan() != null && layout.forwards()) {
      services.add(new Dnsmasq(config, layout, facts, tunnels, names).service());
    }
    return services;
  }

  /** A PPP interface is there only while it has an address. */
  private static boolean isUp(Line line) {
    return line.device().equals(line.port()) || line.lease() != null;
  }
}
