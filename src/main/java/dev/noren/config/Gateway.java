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
 */
public record Gateway(
    PrivateKey privateKey,
    int listenPort,
    List<Integer> alsoPorts,
    List<Cidr> addresses,
    List<HostPort> endpoints,
    int mtuBytes) {
  public Gateway {
    alsoPorts = List.copyOf(alsoPorts);
    addresses = List.copyOf(addresses);
    endpoints = List.copyOf(endpoints);
  }
}
