package dev.noren.config;

import dev.noren.net.Cidr;
import java.util.List;

/**
 * Shops that belong together, always on: one other shop, or as a hub several.
 *
 * @param name its tunnel
 * @param gateway the own end
 * @param seenAs the network as which the far shops see this shop's own, of the same length, or null
 *     where it is the same
 * @param exchange whether the far shops reach each other through this one
 * @param shops the far shops
 * @param pairing a pairing with another one that is under way, or null
 */
public record SiteForm(
    TunnelName name,
    Gateway gateway,
    Cidr seenAs,
    boolean exchange,
    List<Shop> shops,
    Pairing pairing)
    implements Form {
  public SiteForm {
    shops = List.copyOf(shops);
  }

  /** One in which no pairing is under way. */
  public SiteForm(
      TunnelName name, Gateway gateway, Cidr seenAs, boolean exchange, List<Shop> shops) {
    this(name, gateway, seenAs, exchange, shops, null);
  }

  @Override
  public SiteForm withPairing(Pairing other) {
    return new SiteForm(name, gateway, seenAs, exchange, shops, other);
  }

  @Override
  public Kind kind() {
    return Kind.SITE;
  }
}
