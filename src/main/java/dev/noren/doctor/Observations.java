package dev.noren.doctor;

import dev.noren.status.Echoes;
import dev.noren.status.RouterStatus;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Tunnel;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that was seen at one moment.
 *
 * @param status the snapshot
 * @param settled whether all that can be asked was asked lately
 * @param outside what came of asking over the line
 * @param names far ends' names of which no address is known
 * @param sights what was seen of far ends
 * @param strangers who else came to the tunnels' ports
 * @param echoes how far ends answer through their tunnels
 * @param refusals what rules have kept back lately
 * @param load how busy the box and its line are
 * @param cuts when tunnels were cut
 * @param tightness what could go past tunnels
 */
public record Observations(
    RouterStatus status,
    boolean settled,
    Outside outside,
    List<UnknownName> names,
    List<Sight> sights,
    List<Strangers> strangers,
    List<Echoes> echoes,
    List<Refusal> refusals,
    Load load,
    Cuts cuts,
    Tightness tightness) {
  /** What came so lately shows that the way is open now. */
  private static final long JUST_NOW_SECONDS = 10;

  public Observations {
    names = List.copyOf(names);
    sights = List.copyOf(sights);
    strangers = List.copyOf(strangers);
    echoes = List.copyOf(echoes);
    refusals = List.copyOf(refusals);
  }

  /** What was seen of a far end. */
  Sight sight(Tunnel tunnel, Peer peer) {
    return sights.stream()
        .filter(each -> each.tunnel().equals(tunnel.name().text()))
        .filter(each -> each.publicKey().equals(peer.publicKey()))
        .findFirst()
        .orElseGet(() -> Sight.nothing(tunnel.name().text(), peer.publicKey()));
  }

  /** Who else came to a tunnel's port. */
  Strangers strangers(Tunnel tunnel) {
    return strangers.stream()
        .filter(each -> each.tunnel().equals(tunnel.name().text()))
        .findFirst()
        .orElseGet(() -> Strangers.nobody(tunnel.name().text()));
  }

  /** How a far end answers echoes through its tunnel, or null where nobody asks it. */
  Echoes echoes(Tunnel tunnel, Peer peer) {
    return echoes.stream()
        .filter(each -> each.tunnel().equals(tunnel.name().text()))
        .filter(each -> each.publicKey().equals(peer.publicKey()))
        .findFirst()
        .orElse(null);
  }

  Stream<Peer> peers() {
    return status.tunnels().stream().flatMap(tunnel -> tunnel.peers().stream());
  }

  /** Whether anything has just come from beyond the line's next router. */
  boolean isBeyondHeard() {
    return Boolean.TRUE.equals(outside.namesAnswer())
        || outside.web() == Outside.Web.OPEN
        || outside.web() == Outside.Web.PORTAL
        || sights.stream().anyMatch(sight -> Boolean.TRUE.equals(sight.hostAnswers()))
        || peers().anyMatch(Observations::isHeard);
  }

  private static boolean isHeard(Peer peer) {
    return isNow(peer.dataAgeSeconds()) || isNow(peer.handshakeAgeSeconds());
  }

  private static boolean isNow(Long ageSeconds) {
    return ageSeconds != null && ageSeconds <= JUST_NOW_SECONDS;
  }
}
