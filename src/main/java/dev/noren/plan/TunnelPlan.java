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
 * @param passingBytes how large packets may be to come through: less than that, where it was found
 *     that larger ones get lost on the way
 * @param endpoints the known addresses of hosts that its peers' endpoints name
 */
public record TunnelPlan(
    RouterTunnel config,
    int number,
    int mtuBytes,
    int passingBytes,
    Map<String, List<IpAddress>> endpoints) {
  public TunnelPlan {
    endpoints = Map.copyOf(endpoints);
  }

  /** Through which all that its interface takes comes. */
  public TunnelPlan(
      RouterTunnel config, int number, int mtuBytes, Map<String, List<IpAddress>> endpoints) {
    this(config, number, mtuBytes, mtuBytes, endpoints);
  }

  /** Whether larger packets than come through would fit its interface. */
  public boolean isNarrowed() {
    return passingBytes < mtuBytes;
  }

  /** The same at another UDP port. */
  TunnelPlan withListenPort(int port) {
    return new TunnelPlan(config.withListenPort(port), number, mtuBytes, passingBytes, endpoints);
  }

  /** The interface's name. */
  public String device() {
    return config.name().text();
  }
}
