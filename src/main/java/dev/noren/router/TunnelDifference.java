package dev.noren.router;

import dev.noren.config.HostPort;
import dev.noren.config.PeerConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.plan.Marks;
import dev.noren.plan.TunnelPlan;
import dev.noren.tunnel.TunnelChange;
import dev.noren.tunnel.TunnelChange.AllowedIpChange;
import dev.noren.tunnel.TunnelChange.PeerChange;
import dev.noren.tunnel.TunnelSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What has to change in a running tunnel for it to be as another plan says. */
final class TunnelDifference {
  private TunnelDifference() {}

  /**
   * What leads from one plan to the other; peers that are in both keep their sessions.
   *
   * @param before null where it does not run yet
   * @param inUse where packets to its peers are sent now
   */
  static TunnelChange between(TunnelPlan before, Map<PublicKey, Endpoint> inUse, TunnelPlan after) {
    RouterTunnel config = after.config();
    Map<PublicKey, PeerConfig> old = before == null ? Map.of() : peers(before);
    List<PeerChange> changes = new ArrayList<>();
    Set<PublicKey> gone = new HashSet<>(old.keySet());
    for (PeerConfig peer : peers(after).values()) {
      gone.remove(peer.publicKey());
      Endpoint endpoint = endpoint(peer, after);
      PeerConfig was = old.get(peer.publicKey());
      boolean moves =
          was == null || !canStay(was, before, inUse.get(peer.publicKey()), peer, after);
      if (peer.equals(was) && !moves) {
        continue;
      }
      changes.add(
          new PeerChange(
              peer.publicKey(),
              false,
              false,
              peer.presharedKey(),
              moves ? endpoint : null,
              peer.persistentKeepaliveSeconds(),
              true,
              peer.allowedIps().stream().map(ip -> new AllowedIpChange(ip, false)).toList()));
    }
    for (PublicKey key : gone) {
      changes.add(new PeerChange(key, true, false, null, null, null, false, List.of()));
    }
    boolean sameKey = before != null && before.config().privateKey().equals(config.privateKey());
    boolean samePort = before != null && before.config().listenPort() == config.listenPort();
    return new TunnelChange(
        sameKey ? null : config.privateKey(),
        false,
        samePort ? null : config.listenPort(),
        before == null ? (Integer) Marks.OUTER : null,
        false,
        changes);
  }

  /**
   * Whether the address in use is still a right one. Where a name has several, each of them is; and
   * a peer that has told of another by its packets knows best.
   */
  private static boolean canStay(
      PeerConfig was, TunnelPlan before, Endpoint inUse, PeerConfig is, TunnelPlan after) {
    return Objects.equals(was.endpoint(), is.endpoint())
        && inUse != null
        && (addresses(is.endpoint(), after).contains(inUse.address())
            || !addresses(was.endpoint(), before).contains(inUse.address()));
  }

  static Map<PublicKey, Endpoint> inUse(TunnelSnapshot snapshot) {
    Map<PublicKey, Endpoint> inUse = new HashMap<>();
    snapshot.peers().stream()
        .filter(peer -> peer.endpoint() != null)
        .forEach(peer -> inUse.put(peer.publicKey(), peer.endpoint()));
    return inUse;
  }

  static Map<PublicKey, PeerConfig> peers(TunnelPlan plan) {
    return plan.config().peers().stream()
        .map(RouterTunnel.Peer::config)
        .collect(
            Collectors.toMap(PeerConfig::publicKey, peer -> peer, (a, b) -> b, LinkedHashMap::new));
  }

  /** All known places of each peer, the best first. */
  static Map<PublicKey, List<Endpoint>> places(TunnelPlan plan) {
    Map<PublicKey, List<Endpoint>> places = new LinkedHashMap<>();
    for (RouterTunnel.Peer peer : plan.config().peers()) {
      List<Endpoint> of = new ArrayList<>();
      for (HostPort place : peer.places()) {
        addresses(place, plan).forEach(address -> of.add(Endpoint.of(address, place.port())));
      }
      places.put(peer.config().publicKey(), of);
    }
    return places;
  }

  /** The first known address of a peer, or null. */
  private static Endpoint endpoint(PeerConfig peer, TunnelPlan plan) {
    List<IpAddress> addresses = addresses(peer.endpoint(), plan);
    return addresses.isEmpty() ? null : Endpoint.of(addresses.getFirst(), peer.endpoint().port());
  }

  static List<IpAddress> addresses(HostPort where, TunnelPlan plan) {
    if (where == null) {
      return List.of();
    }
    return where.isNumeric()
        ? List.of(IpAddress.parse(where.host()))
        : plan.endpoints().getOrDefault(where.host(), List.of());
  }
}
