package dev.noren.config;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Cidr;
import dev.noren.net.CidrList;
import java.util.List;

/**
 * A [Peer] section.
 *
 * @param publicKey the peer's key
 * @param presharedKey the shared secret, or {@link PresharedKey#NONE}
 * @param allowedIps prefixes with host bits cleared, each once, in the order of the file
 * @param endpoint where the peer is reached, or null where it calls first
 * @param persistentKeepaliveSeconds 1 to 65535, or 0 for off
 */
public record PeerConfig(
    PublicKey publicKey,
    PresharedKey presharedKey,
    List<Cidr> allowedIps,
    HostPort endpoint,
    int persistentKeepaliveSeconds) {
  public PeerConfig {
    allowedIps = CidrList.copyOf(allowedIps);
  }
}
