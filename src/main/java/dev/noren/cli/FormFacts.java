package dev.noren.cli;

import dev.noren.config.RouterConfig;
import dev.noren.config.TunnelName;
import dev.noren.net.Cidr;
import dev.noren.status.RouterStatus;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What forms are shown and made with, besides the document.
 *
 * @param status the running router, or null where none runs
 * @param shop the own address in the shop's network, where the box has or chose one; or null
 * @param networks those that the box is in
 * @param days when devices were seen, by their public keys
 */
public record FormFacts(
    RouterStatus status, Cidr shop, List<Cidr> networks, Map<String, Days> days) {
  public FormFacts {
    networks = List.copyOf(networks);
    days = Map.copyOf(days);
  }

  /**
   * The days of a device, in the box's time zone.
   *
   * @param known since when the router has known it
   * @param seen when it last shook hands, or null for never
   */
  public record Days(LocalDate known, LocalDate seen) {}

  /** The shop's network as the document says or the box chose, or null. */
  Cidr shop(RouterConfig config) {
    return config.lan().address() != null ? config.lan().address() : shop;
  }

  /** The tunnel as it runs, or null. */
  RouterStatus.Tunnel tunnel(TunnelName name) {
    return status == null
        ? null
        : status.tunnels().stream()
            .filter(tunnel -> tunnel.name().equals(name))
            .findFirst()
            .orElse(null);
  }

  /** A far end as it is now, or null. */
  RouterStatus.Peer peer(TunnelName name, String publicKey) {
    RouterStatus.Tunnel tunnel = tunnel(name);
    return tunnel == null
        ? null
        : tunnel.peers().stream()
            .filter(peer -> peer.publicKey().equals(publicKey))
            .findFirst()
            .orElse(null);
  }
}
