package dev.noren.config;

import dev.noren.net.Cidr;
import java.util.List;

/**
 * Which of the clients' traffic takes a tunnel. Devices are MAC addresses or names of reservations.
 *
 * @param mode everything, or what the next three say
 * @param devices all traffic of these
 * @param subnets all traffic to these
 * @param domains all traffic to the addresses of these names and of those below them
 * @param exceptDevices what never takes the tunnel although the above says so
 * @param exceptSubnets the same
 * @param exceptDomains the same
 */
public record TunnelUse(
    Mode mode,
    List<String> devices,
    List<Cidr> subnets,
    List<String> domains,
    List<String> exceptDevices,
    List<Cidr> exceptSubnets,
    List<String> exceptDomains) {
  /** All or some. */
  public enum Mode {
    /** Everything that leaves the shop. */
    FULL,

    /** Only what is listed. */
    SPLIT
  }

  public TunnelUse {
    devices = List.copyOf(devices);
    subnets = List.copyOf(subnets);
    domains = List.copyOf(domains);
    exceptDevices = List.copyOf(exceptDevices);
    exceptSubnets = List.copyOf(exceptSubnets);
    exceptDomains = List.copyOf(exceptDomains);
  }

  /** Everything, without exceptions. */
  public static TunnelUse full() {
    return of(Mode.FULL, List.of());
  }

  /** What goes to these subnets. */
  public static TunnelUse split(List<Cidr> subnets) {
    return of(Mode.SPLIT, subnets);
  }

  /** The same with other subnets. */
  TunnelUse withSubnets(List<Cidr> others) {
    return new TunnelUse(
        mode, devices, others, domains, exceptDevices, exceptSubnets, exceptDomains);
  }

  private static TunnelUse of(Mode mode, List<Cidr> subnets) {
    return new TunnelUse(mode, List.of(), subnets, List.of(), List.of(), List.of(), List.of());
  }
}
