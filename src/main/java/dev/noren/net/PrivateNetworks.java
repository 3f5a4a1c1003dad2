package dev.noren.net;

import java.util.List;
import java.util.stream.Stream;

/**
 * The networks that are somebody's own: the same addresses are other machines elsewhere, and none
 * of them is of the internet.
 */
public final class PrivateNetworks {
  /** What sites have for themselves (RFC 1918). */
  public static final List<Cidr> OF_SITES =
      Stream.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16").map(Cidr::parse).toList();

  /** What providers have between their customers and their NAT (RFC 6598). */
  public static final Cidr CGNAT = Cidr.parse("100.64.0.0/10");

  /** What machines of one link give themselves (RFC 3927). */
  public static final Cidr LINK_LOCAL_4 = Cidr.parse("169.254.0.0/16");

  /** What sites have for themselves of IPv6 (RFC 4193). */
  public static final Cidr SITES_6 = Cidr.parse("fc00::/7");

  private static final List<Cidr> ALL_4 =
      Stream.concat(OF_SITES.stream(), Stream.of(CGNAT, LINK_LOCAL_4)).toList();

  /** These, and what the machines of one link give themselves (RFC 4291). */
  private static final List<Cidr> ALL_6 = List.of(SITES_6, Cidr.parse("fe80::/10"));

  private PrivateNetworks() {}

  /** All of a family. */
  public static List<Cidr> of(boolean v6) {
    return v6 ? ALL_6 : ALL_4;
  }
}
