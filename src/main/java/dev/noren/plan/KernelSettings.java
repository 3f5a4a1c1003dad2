package dev.noren.plan;

import dev.noren.config.WanConfig;
import dev.noren.plan.Layout.Line;
import dev.noren.plan.RouterPlan.Setting;
import java.util.ArrayList;
import java.util.List;

/** The kernel's settings, in an order that forwards only when the rest is so. */
final class KernelSettings {
  private KernelSettings() {}

  static List<Setting> of(Layout layout, RouterFacts facts) {
    List<Setting> settings = new ArrayList<>();
    // Or an address would take those with it that came into its network after it.
    settings.add(new Setting("net.ipv4.conf.all.promote_secondaries", "1"));
    if (layout.forwards()) {
      // Or a sender could name Noren as a stop on a way that goes by no rule of the firewall's.
      settings.add(v4("all", "accept_source_route", "0"));
      // Or a line's neighbours could find out by ARP which addresses the shop and the tunnels have.
      settings.add(v4("all", "arp_ignore", "1"));
      // Or who is asked by ARP would see the page's fixed address, which is not of his network.
      settings.add(v4("all", "arp_announce", "2"));
      List<String> devices = new ArrayList<>(List.of("all", "default"));
      facts.ports().forEach(port -> devices.add(port.name()));
      for (String device : devices) {
        // The firewall knows better who may send from where.
        settings.add(v4(device, "rp_filter", "0"));
        // Beside the shop's router, a redirect would lead clients round Noren.
        settings.add(v4(device, "send_redirects", "0"));
      }
    }
    if (layout.forwards() && facts.ipv6()) {
      // Before they come up, when the kernel asks for routers: later it would wait until one
      // speaks by itself, which may take half an hour (RFC 4861, 6.2.1).
      for (String port : layout.candidates()) {
        settings.add(acceptRouters(port, "2"));
      }
    }
    for (Line line : layout.lines()) {
      boolean there = line.device().equals(line.port()) || line.lease() != null;
      if (layout.forwards() && facts.ipv6() && facts.port(line.port()) != null && there) {
        // With 1, a router would not listen to the routers on the line.
        String value = line.config().ipv6() == WanConfig.Ipv6.AUTO ? "2" : "0";
        settings.add(acceptRouters(line.device(), value));
      }
    }
    String forward = layout.forwards() ? "1" : "0";
    settings.add(new Setting("net.ipv4.ip_forward", forward));
    if (facts.ipv6()) {
      settings.add(new Setting("net.ipv6.conf.all.forwarding", forward));
    }
    return settings;
  }

  private static Setting acceptRouters(String device, String value) {
    return new Setting("net.ipv6.conf." + escaped(device) + ".accept_ra", value);
  }

  private static Setting v4(String device, String name, String value) {
    return new Setting("net.ipv4.conf." + escaped(device) + "." + name, value);
  }

  /** As sysctl(8) wants a name with dots in it, such as that of a VLAN. */
  private static String escaped(String device) {
    return device.replace('.', '/');
  }
}
