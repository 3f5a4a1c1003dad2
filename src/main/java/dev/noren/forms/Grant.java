package dev.noren.forms;

import dev.noren.config.Service;
import dev.noren.config.TunnelName;
import dev.noren.net.Cidr;
import java.util.List;

/**
 * What somebody is let through to.
 *
 * @param form the form that says so by itself, or null where a rule of the access does
 * @param rule the name of the rule, or of what the form names, such as a desk
 * @param to the subnets and hosts
 * @param services at which ports; empty for all
 */
public record Grant(TunnelName form, String rule, List<Cidr> to, List<Service> services) {
  public Grant {
    to = List.copyOf(to);
    services = List.copyOf(services);
  }
}
