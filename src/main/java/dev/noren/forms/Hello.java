package dev.noren.forms;

import dev.noren.net.Cidr;
import java.util.List;

/**
 * What a joiner says first, in the provisional tunnel.
 *
 * @param id the invitation's
 * @param name what the joiner is called
 * @param publicKey its key for good, base64
 * @param subnet its network as it calls it itself
 * @param taken networks that it can't see anything else in: what it leads elsewhere already
 * @param endpoints where it may be reached, the best first
 * @param commitment what binds it to its nonce, see {@link Transcript}
 */
public record Hello(
    String id,
    String name,
    String publicKey,
    Cidr subnet,
    List<Cidr> taken,
    List<String> endpoints,
    String commitment) {
  public Hello {
    taken = taken == null ? List.of() : List.copyOf(taken);
    endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
  }
}
