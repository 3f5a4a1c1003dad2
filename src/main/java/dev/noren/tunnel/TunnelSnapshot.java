package dev.noren.tunnel;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Cidr;
import dev.noren.net.Endpoint;
import java.util.List;

/**
 * A tunnel as it is at one moment.
 *
 * @param privateKey our key, or null
 * @param listenPort the UDP port, 0 while there is none
 * @param mark the firewall mark, 0 for none
 * @param peers all peers
 */
public record TunnelSnapshot(
    PrivateKey privateKey, int listenPort, int mark, List<PeerSnapshot> peers) {
  /**
   * One peer as it is.
   *
   * @param endpoint where it is, or null
   * @param lastHandshakeUnixNs nanoseconds since 1970, 0 before the first handshake
   * @param unansweredNs for how long handshakes have been begun in vain, nanoseconds; 0 while none
   *     is under way
   * @param dataAgeNs how long ago a packet that is no keepalive last came from it, nanoseconds; -1
   *     for never
   * @param receivedBytes authenticated UDP payload from it
   * @param sentBytes UDP payload to it
   */
  public record PeerSnapshot(
      PublicKey publicKey,
      PresharedKey presharedKey,
      Endpoint endpoint,
      int persistentKeepaliveSeconds,
      long lastHandshakeUnixNs,
      long unansweredNs,
      long dataAgeNs,
      long receivedBytes,
      long sentBytes,
      List<Cidr> allowedIps) {}
}
