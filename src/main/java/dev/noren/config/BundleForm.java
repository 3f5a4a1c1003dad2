package dev.noren.config;

import dev.noren.net.Cidr;
import java.util.List;

/**
 * The small shop's bundle: one link to another shop and a few devices of staff.
 *
 * @param name its tunnel
 * @param gateway the own end
 * @param seenAs the network as which the other shop sees this shop's own, of the same length, or
 *     null where it is the same
 * @param extent with FULL all of this shop's traffic goes through the other shop
 * @param shop the other shop, or null while there is none
 * @param devices who calls in
 * @param pairing a pairing with the other shop that is under way, or null
 */
public record BundleForm(
    TunnelName name,
    Gateway gateway,
    Cidr seenAs,
    Extent extent,
    Shop shop,
    List<Device> devices,
    Pairing pairing)
    implements Form {
  public BundleForm {
    devices = List.copyOf(devices);
  }

  /** One in which no pairing is under way. */
  public BundleForm(
      TunnelName name,
      Gateway gateway,
      Cidr seenAs,
      Extent extent,
      Shop shop,
      List<Device> devices) {
    this(name, gateway, seenAs, extent, shop, devices, null);
  }

  @Override
  public BundleForm withPairing(Pairing other) {
    return new BundleForm(name, gateway, seenAs, extent, shop, devices, other);
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
