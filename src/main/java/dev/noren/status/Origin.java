package dev.noren.status;

import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.net.PrivateNetworks;
import java.util.Collection;

/** From where a far end speaks, as its outer address shows it. */
public enum Origin {
  /** From the shop, or from a network before the internet: that shows nothing of the way in. */
  INSIDE,

  /** From the internet: the way in is open. */
  OUTSIDE;

  /** What a provider gives one customer at most (RFC 6177). */
  private static final int SITE_6_BITS = 48;

  /**
   * From where it is. Over IPv6 nobody is outside of a shop whose own networks are not known.
   *
   * @param from the far end's outer address
   * @param own the shop's networks, and the addresses as which it is seen from outside: what comes
   *     from one of these was turned round by the upstream router
   */
  public static Origin of(IpAddress from, Collection<Cidr> own) {
    boolean isUnknown = from.v6() && own.stream().noneMatch(each -> each.address().v6());
    boolean near =
        isUnknown
            || PrivateNetworks.of(from.v6()).stream().anyMatch(each -> each.contains(from))
            || own.stream().anyMatch(each -> site(each).contains(from));
    return near ? INSIDE : OUTSIDE;
  }

  /** The upstream router may have other networks of the same customer's. */
  private static Cidr site(Cidr own) {
    boolean v6 = own.address().v6();
    return v6 && own.prefixLength() > SITE_6_BITS
        ? new Cidr(own.address(), SITE_6_BITS).masked()
        : own.masked();
  }
}
