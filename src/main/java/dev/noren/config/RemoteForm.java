package dev.noren.config;

import java.util.List;

/**
 * People and their devices from outside. Nobody reaches anything in the shop unless a rule of
 * {@link Access} lets him.
 *
 * @param name its tunnel
 * @param gateway the own end
 * @param extent how much of a device's traffic takes the tunnel; with FULL it goes out to the
 *     internet through the shop
 * @param devices who calls in
 */
public record RemoteForm(TunnelName name, Gateway gateway, Extent extent, List<Device> devices)
    implements Form {
  public RemoteForm {
    devices = List.copyOf(devices);
  }

  @Override
  public Kind kind() {
    return Kind.REMOTE;
  }
}
