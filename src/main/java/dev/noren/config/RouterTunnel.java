package dev.noren.config;

import dev.noren.crypto.PrivateKey;
import dev.noren.net.Cidr;
import java.util.List;
import java.util.stream.Stream;

/**
 * A tunnel of the router.
 *
 * @param name its interface
 * @param privateKey the own key
 * @param listenPort the UDP port, or 0 for any free one
 * @param alsoPorts further UDP ports that lead to {@code listenPort}
 * @param addresses the own addresses in it, at least one
 * @param mtuBytes the MTU, or 0 to derive it from the line's
 * @param peers the far ends
 * @param use which of the clients' traffic takes it
 * @param killSwitch whether that traffic is blocked while the tunnel is down
 * @param masquerade whether clients appear in it with its own address
 */
public record RouterTunnel(
    TunnelName name,
    PrivateKey privateKey,
    int listenPort,
    List<Integer> alsoPorts,
    List<Cidr> addresses,
    int mtuBytes,
    List<Peer> peers,
    TunnelUse use,
    boolean killSwitch,
    boolean masquerade) {
  public RouterTunnel {
    alsoPorts = List.copyOf(alsoPorts);
    addresses = List.copyOf(addresses);
    peers = List.copyOf(peers);
  }

  /**
   * A far end.
   *
   * @param name what people call it, or null
   * @param config its keys and addresses
   * @param alsoAt where else it may be reached; each is tried in turn while it does not answer
   */
  public record Peer(String name, PeerConfig config, List<HostPort> alsoAt) {
    public Peer {
      alsoAt = List.copyOf(alsoAt);
    }

    /** One that is reached at one place at most. */
    public Peer(String name, PeerConfig config) {
      this(name, config, List.of());
    }

    /** All places where it may be reached, the best first. */
    public List<HostPort> places() {
      return config.endpoint() == null
          ? alsoAt
          : Stream.concat(Stream.of(config.endpoint()), alsoAt.stream()).toList();
    }
  }

  /** The same at another UDP port. */
  public RouterTunnel withListenPort(int port) {
    return new RouterTunnel(
        name, privateKey, port, alsoPorts, addresses, mtuBytes, peers, use, killSwitch, masquerade);
  }

  /** The same with another use. */
  public RouterTunnel withUse(TunnelUse other) {
    return new RouterTunnel(
        name,
        privateKey,
        listenPort,
        alsoPorts,
        addresses,
        mtuBytes,
        peers,
        other,
        killSwitch,
        masquerade);
  }

  /** The tunnel as a wg-quick file has it; {@link WgQuickFile#write} makes the text. */
  public TunnelConfig toWgQuick() {
    InterfaceConfig own =
        new InterfaceConfig(
            privateKey,
            listenPort,
            0,
            addresses,
            List.of(),
            List.of(),
            mtuBytes,
            RouteTable.AUTO,
            Hooks.NONE,
            false);
    return new TunnelConfig(own, peers.stream().map(Peer::config).toList());
  }
}
