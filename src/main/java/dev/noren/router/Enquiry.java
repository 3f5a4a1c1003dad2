package dev.noren.router;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.config.RouterTunnel;
import dev.noren.config.TunnelUse.Mode;
import dev.noren.net.Endpoint;
import dev.noren.plan.Layout;
import dev.noren.plan.Marks;
import dev.noren.plan.RouterPlan;
import dev.noren.plan.TunnelPlan;
import dev.noren.router.PathSizes.Way;
import dev.noren.router.Questions.Asked;
import dev.noren.router.Questions.Inner;
import dev.noren.status.RouterStatus;
import dev.noren.tunnel.TunnelSnapshot;
import dev.noren.tunnel.TunnelSnapshot.PeerSnapshot;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whom the doctor's questions go to. Beside the tunnels a far end is asked only while it is called
 * in vain, or no name server answers either, at the address that its tunnel's datagrams go to: who
 * listens on the line learns nothing by it that those do not tell. For the router's thread.
 *
 * @param plan the plan in force
 * @param snapshots how each running tunnel is
 * @param names the far ends' names
 * @param inner whom a plan's tunnels lead to that answers echoes
 */
record Enquiry(
    Supplier<RouterPlan> plan,
    Supplier<Map<String, TunnelSnapshot>> snapshots,
    FarNames names,
    Supplier<List<FarAnswers.Asked>> inner) {
  private static final long IN_VAIN_NS = SECONDS.toNanos(RouterStatus.Peer.TRYING_SECONDS);

  /** What was heard so lately needs no question. */
  private static final long HEARD_NS = SECONDS.toNanos(10);

  /** Each takes some memory in a round; so many are enough to tell what is wrong. */
  private static final int MOST_FAR_ENDS = 8;

  /**
   * Who is to be asked now.
   *
   * @param namesSilent whether the line's name servers are known to say nothing: then far ends tell
   *     whether anybody beyond the line does, also those that are not called just now
   */
  Asked asked(boolean namesSilent) {
    RouterPlan now = plan.get();
    Layout.Line line = now.layout().preferred();
    return new Asked(
        line == null ? 0 : Marks.ofLine(line.number()),
        line == null ? null : line.lease().gateway(),
        line == null ? List.of() : line.lease().dns(),
        now.tunnels().stream().noneMatch(Enquiry::isSealed),
        names.wanted(),
        unheard(now, namesSilent),
        List.copyOf(reached().values()));
  }

  /**
   * Whether nothing may leave beside a tunnel, of the box's own neither: then only the next router
   * and the tunnels' far ends are asked, and for their names, to whom the tunnels speak anyway.
   */
  private static boolean isSealed(TunnelPlan tunnel) {
    return tunnel.config().use().mode() == Mode.FULL && tunnel.config().killSwitch();
  }

  /** Where far ends are that this box is to reach, and of which nothing is heard. */
  private Set<Endpoint> unheard(RouterPlan now, boolean namesSilent) {
    Map<PeerName, PeerSnapshot> peers = peers();
    Set<Endpoint> unheard = new LinkedHashSet<>();
    for (TunnelPlan tunnel : now.tunnels()) {
      for (RouterTunnel.Peer peer : tunnel.config().peers()) {
        PeerSnapshot seen =
            peers.get(new PeerName(tunnel.device(), peer.config().publicKey().toString()));
        if (peer.config().endpoint() != null
            && seen != null
            && seen.endpoint() != null
            && (seen.unansweredNs() >= IN_VAIN_NS || (namesSilent && !isHeard(seen)))
            && unheard.size() < MOST_FAR_ENDS) {
          unheard.add(plain(seen.endpoint()));
        }
      }
    }
    return unheard;
  }

  private static boolean isHeard(PeerSnapshot seen) {
    return seen.dataAgeNs() >= 0 && seen.dataAgeNs() <= HEARD_NS;
  }

  /** As people read it, without the local address that the kernel has chosen. */
  private static Endpoint plain(Endpoint inUse) {
    return Endpoint.of(inUse.address(), inUse.port());
  }

  /** Where far ends are, of those of which that is known. */
  Map<PeerName, Endpoint> places() {
    Map<PeerName, Endpoint> places = new HashMap<>();
    peers()
        .forEach(
            (name, peer) -> {
              if (peer.endpoint() != null) {
                places.put(name, plain(peer.endpoint()));
              }
            });
    return places;
  }

  /** Hosts behind those tunnels whose ends have shaken hands and are not called in vain. */
  Map<PeerName, Inner> reached() {
    Map<Integer, Integer> mtus = new HashMap<>();
    plan.get()
        .tunnels()
        .forEach(each -> mtus.put(Marks.ofTunnel(each.number()), each.passingBytes()));
    Map<PeerName, PeerSnapshot> peers = peers();
    Map<PeerName, Inner> reached = new LinkedHashMap<>();
    for (FarAnswers.Asked each : inner.get()) {
      PeerName name = new PeerName(each.tunnel(), each.publicKey());
      PeerSnapshot peer = peers.get(name);
      int mark = each.target().mark();
      if (peer != null
          && peer.lastHandshakeUnixNs() != 0
          && peer.unansweredNs() < IN_VAIN_NS
          && mtus.containsKey(mark)) {
        reached.put(name, new Inner(each.target().address(), mark, mtus.get(mark)));
      }
    }
    return reached;
  }

  /** Whether less comes through a tunnel than its interface takes. */
  boolean isNarrowed(String tunnel) {
    return plan.get().tunnels().stream()
        .anyMatch(each -> each.isNarrowed() && each.device().equals(tunnel));
  }

  /** The same hosts, and how much their tunnels' interfaces take. */
  Collection<Way> ways() {
    Map<String, Integer> mtus = new HashMap<>();
    plan.get().tunnels().forEach(each -> mtus.put(each.device(), each.mtuBytes()));
    Set<Way> ways = new LinkedHashSet<>();
    reached()
        .forEach(
            (name, inner) ->
                ways.add(
                    new Way(name.tunnel(), inner.host(), inner.mark(), mtus.get(name.tunnel()))));
    return ways;
  }

  private Map<PeerName, PeerSnapshot> peers() {
    Map<PeerName, PeerSnapshot> peers = new HashMap<>();
    snapshots
        .get()
        .forEach(
            (tunnel, snapshot) ->
                snapshot
                    .peers()
                    .forEach(
                        peer ->
                            peers.put(new PeerName(tunnel, peer.publicKey().toString()), peer)));
    return peers;
  }
}
