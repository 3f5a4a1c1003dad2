package dev.noren.forms;

import dev.noren.config.Service;
import dev.noren.net.Cidr;
import java.util.List;

/**
 * What somebody is let through to.
 *
 * @param rule the name of the rule, or of the form, that says so
 * @param to the subnets and hosts
 * @param services at which ports; empty for all
 */
public record Grant(String rule, List<Cidr> to, List<Service> services) {
  public Grant {
    to = List.copyOf(to);
    services = List.copyOf(services);
  }
}
