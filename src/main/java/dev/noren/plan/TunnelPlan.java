package dev.noren.plan;

import dev.noren.config.RouterTunnel;
import dev.noren.net.IpAddress;
import java.util.List;
import java.util.Map;

/**
 * A tunnel as it is to run.
 *
 * @param config as configured
 * @param number its number, by which {@link Marks} tells what is its own
 * @param mtuBytes the interface's MTU
 * @param endpoints the known addresses of hosts that its peers' endpoints name
 */
public record TunnelPlan(
    RouterTunnel config, int number, int mtuBytes, Map<String, List<IpAddress>> endpoints) {
  public TunnelPlan {
    endpoints = Map.copyOf(endpoints);
  }

  /** The same at another UDP port. */
  TunnelPlan withListenPort(int port) {
    return new TunnelPlan(config.withListenPort(port), number, mtuBytes, endpoints);
  }

  /** The interface's name. */
  public String device() {
    return config.name().text();
  }
}
