package dev.noren.config;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.util.List;

/**
 * Another shop at the far end of a tunnel.
 *
 * @param name what people call it; no two shops of the router have the same
 * @param publicKey its key
 * @param presharedKey the shared secret, or {@link PresharedKey#NONE}
 * @param address its own address in the tunnel, or null where that is not known
 * @param endpoint where it is reached, or null where it calls first
 * @param subnets its networks as it calls them itself
 * @param seenAs the networks as which it is seen from here, one for each of {@code subnets}, of the
 *     same length; empty where they are the same
 * @param mapsItself whether the far end puts {@code seenAs} in the place of its {@code subnets};
 *     else this end does
 * @param domain the domain of its machines' names, or null
 * @param dns the name server that knows that domain, as the far shop calls it itself, or null
 * @param internet whether all of its traffic may go out to the internet through this shop
 * @param keepaliveSeconds 1 to 65535, or 0 for off
 */
public record Shop(
    String name,
    PublicKey publicKey,
    PresharedKey presharedKey,
    IpAddress address,
    HostPort endpoint,
    List<Cidr> subnets,
    List<Cidr> seenAs,
    boolean mapsItself,
    String domain,
    IpAddress dns,
    boolean internet,
    int keepaliveSeconds) {
  public Shop {
    subnets = List.copyOf(subnets);
    seenAs = List.copyOf(seenAs);
  }

  /** One without names, whose addresses nobody but this end changes, and that goes no further. */
  public Shop(
      String name,
      PublicKey publicKey,
      PresharedKey presharedKey,
      IpAddress address,
      HostPort endpoint,
      List<Cidr> subnets,
      List<Cidr> seenAs,
      int keepaliveSeconds) {
    this(
        name,
        publicKey,
        presharedKey,
        address,
        endpoint,
        subnets,
        seenAs,
        false,
        null,
        null,
        false,
        keepaliveSeconds);
  }

  /** Its networks as packets here have them. */
  public List<Cidr> routed() {
    return seenAs.isEmpty() ? subnets : seenAs;
  }

  /** Its networks as packets in the tunnel have them. */
  public List<Cidr> inTunnel() {
    return mapsItself ? routed() : subnets;
  }

  /** The same shop with other networks. */
  public Shop withNetworks(List<Cidr> others, List<Cidr> othersSeenAs) {
    return new Shop(
        name,
        publicKey,
        presharedKey,
        address,
        endpoint,
        others,
        othersSeenAs,
        mapsItself,
        domain,
        dns,
        internet,
        keepaliveSeconds);
  }
}
