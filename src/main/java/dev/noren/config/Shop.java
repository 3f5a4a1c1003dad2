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
    int keepaliveSeconds) {
  public Shop {
    subnets = List.copyOf(subnets);
    seenAs = List.copyOf(seenAs);
  }

  /** Its networks as packets here have them. */
  public List<Cidr> routed() {
    return seenAs.isEmpty() ? subnets : seenAs;
  }
}
