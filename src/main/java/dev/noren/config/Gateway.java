package dev.noren.config;

import dev.noren.crypto.PrivateKey;
import dev.noren.net.Cidr;
import java.util.List;

/**
 * This router's own end of a form's tunnel: where others call in.
 *
 * @param privateKey the own key
 * @param listenPort the UDP port, or 0 for any free one, which serves only who is called
 * @param alsoPorts further UDP ports that lead to {@code listenPort}
 * @param addresses the own addresses in the tunnel, each with its network
 * @param endpoints where this router is reached from outside, the best first: what device files and
 *     invitations say
 * @param mtuBytes the MTU, or 0 to derive it from the line's
 * @param allotted the greatest number that an address of a device that is gone had in {@code
 *     addresses}' networks, so that none is given to two; or 0
 */
public record Gateway(
    PrivateKey privateKey,
    int listenPort,
    List<Integer> alsoPorts,
    List<Cidr> addresses,
    List<HostPort> endpoints,
    int mtuBytes,
    int allotted) {
  /** That of the address fd00::ff:ffff in fd00::/64. */
  static final int MOST_ALLOTTED = 0xff_ffff;

  public Gateway {
    alsoPorts = List.copyOf(alsoPorts);
    addresses = List.copyOf(addresses);
    endpoints = List.copyOf(endpoints);
  }

  /** The same, reached elsewhere. */
  public Gateway withEndpoints(List<HostPort> others) {
    return new Gateway(privateKey, listenPort, alsoPorts, addresses, others, mtuBytes, allotted);
  }

  /** The same, having given away addresses up to this number. */
  public Gateway withAllotted(int number) {
    return new Gateway(privateKey, listenPort, alsoPorts, addresses, endpoints, mtuBytes, number);
  }
}
