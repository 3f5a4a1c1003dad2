package dev.noren.config;

import dev.noren.net.IpAddress;
import java.util.List;

/**
 * The entry to virtual desktops: devices reach these and nothing else.
 *
 * @param name its tunnel
 * @param gateway the own end
 * @param desks the desktops' hosts
 * @param devices who calls in
 */
public record VdiForm(TunnelName name, Gateway gateway, List<Desk> desks, List<Device> devices)
    implements Form {
  public VdiForm {
    desks = List.copyOf(desks);
    devices = List.copyOf(devices);
  }

  /**
   * A host of virtual desktops.
   *
   * @param name what people call it
   * @param host its address
   * @param services what it serves, at least one
   */
  public record Desk(String name, IpAddress host, List<Service> services) {
    public Desk {
      services = List.copyOf(services);
    }
  }

  @Override
  public Kind kind() {
    return Kind.VDI;
  }
}
