package dev.noren.config;

import java.util.List;

/**
 * A whole tunnel: what one wg-quick file says.
 *
 * @param own the [Interface] section
 * @param peers the [Peer] sections in the order of the file, each public key once
 */
public record TunnelConfig(InterfaceConfig own, List<PeerConfig> peers) {
  public TunnelConfig {
    peers = List.copyOf(peers);
  }
}
