package dev.noren.config;

import java.util.List;

/**
 * The small shop's bundle: one link to another shop and a few devices of staff.
 *
 * @param name its tunnel
 * @param gateway the own end
 * @param extent with FULL all of this shop's traffic goes through the other shop
 * @param shop the other shop, or null while there is none
 * @param devices who calls in
 */
public record BundleForm(
    TunnelName name, Gateway gateway, Extent extent, Shop shop, List<Device> devices)
    implements Form {
  public BundleForm {
    devices = List.copyOf(devices);
  }

  @Override
  public Kind kind() {
    return Kind.ROUTER;
  }

  @Override
  public List<Shop> shops() {
    return shop == null ? List.of() : List.of(shop);
  }
}
