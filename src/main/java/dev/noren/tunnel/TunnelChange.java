package dev.noren.tunnel;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Cidr;
import dev.noren.net.Endpoint;
import java.util.List;

/**
 * What is to change in a running tunnel; null means "as it is".
 *
 * @param privateKey our new key; null leaves it
 * @param clearPrivateKey whether our key is to be forgotten
 * @param listenPort the UDP port, 0 for any; null leaves it
 * @param mark the firewall mark of packets sent, 0 for none; null leaves it
 * @param replacePeers whether peers that are not named here go
 * @param peers the changes of peers, in order
 */
public record TunnelChange(
    PrivateKey privateKey,
    boolean clearPrivateKey,
    Integer listenPort,
    Integer mark,
    boolean replacePeers,
    List<PeerChange> peers) {
  public TunnelChange {
    peers = List.copyOf(peers);
  }

  /**
   * What is to change in one peer.
   *
   * @param publicKey which peer; it is added if it is not there
   * @param remove whether it goes
   * @param updateOnly whether nothing is done if it is not there
   * @param presharedKey its new pre-shared key; null leaves it
   * @param endpoint where it is; null leaves it
   * @param persistentKeepaliveSeconds 0 is off; null leaves it
   * @param replaceAllowedIps whether prefixes not named here go
   * @param allowedIps the prefixes to add and remove, in order
   */
  public record PeerChange(
      PublicKey publicKey,
      boolean remove,
      boolean updateOnly,
      PresharedKey presharedKey,
      Endpoint endpoint,
      Integer persistentKeepaliveSeconds,
      boolean replaceAllowedIps,
      List<AllowedIpChange> allowedIps) {
    public PeerChange {
      allowedIps = AllowedIpChanges.copyOf(allowedIps);
    }
  }

  /**
   * A prefix to add to a peer, or to take from it.
   *
   * @param prefix its host bits do not count
   * @param remove whether it is taken away
   */
  public record AllowedIpChange(Cidr prefix, boolean remove) {}
}
