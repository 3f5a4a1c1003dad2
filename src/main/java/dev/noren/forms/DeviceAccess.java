package dev.noren.forms;

import dev.noren.net.IpAddress;
import java.util.List;

/**
 * What one device may do.
 *
 * @param device its name
 * @param addresses its addresses in the tunnel
 * @param grants what it is let through to; all else in the shop is refused
 * @param internet whether it goes out to the internet through the shop
 * @param signIn whether its person signs in before any of this holds
 * @param silent whether it starts no connection at all, and is only reached
 * @param names whether its file names Noren as its name server; who reaches named addresses, or
 *     begins nothing, has no need to
 * @param page whether it opens the box's own page, and nothing else of the box
 */
public record DeviceAccess(
    String device,
    List<IpAddress> addresses,
    List<Grant> grants,
    boolean internet,
    boolean signIn,
    boolean silent,
    boolean names,
    boolean page) {
  public DeviceAccess {
    addresses = List.copyOf(addresses);
    grants = List.copyOf(grants);
  }

  /** One that is not for the page. */
  public DeviceAccess(
      String device,
      List<IpAddress> addresses,
      List<Grant> grants,
      boolean internet,
      boolean signIn,
      boolean silent,
      boolean names) {
    this(device, addresses, grants, internet, signIn, silent, names, false);
  }

  /** Whether it may ask Noren for names now; who may reach nothing has nothing to ask for. */
  public boolean asksForNames() {
    return names && !silent && (internet || !grants.isEmpty());
  }
}
