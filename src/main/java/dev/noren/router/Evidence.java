package dev.noren.router;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.noren.doctor.CutWatch;
import dev.noren.doctor.Event;
import dev.noren.doctor.Observations;
import dev.noren.doctor.Outside;
import dev.noren.doctor.Sight;
import dev.noren.doctor.Sight.Knock;
import dev.noren.doctor.Strangers;
import dev.noren.doctor.UnknownName;
import dev.noren.net.Endpoint;
import dev.noren.protocol.peer.Note.Noted;
import dev.noren.router.Questions.Answers;
import dev.noren.router.Questions.Far;
import dev.noren.router.Questions.Inner;
import dev.noren.status.Echoes;
import dev.noren.status.RouterStatus;
import dev.noren.tunnel.TunnelSight;
import dev.noren.tunnel.TunnelSight.PeerSight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Puts together all that the doctor looks at: the snapshot, what the data path noted, and what came
 * of questions. For the router's thread.
 */
final class Evidence {
  private final Supplier<RouterStatus> status;
  private final Supplier<Map<String, TunnelSight>> sights;
  private final Supplier<List<Echoes>> echoes;
  private final Enquiry enquiry;
  private final LoadWatch load;
  private final CutWatch cuts;
  private final TightWatch tight;
  private final OneWays oneWays = new OneWays();
  private final RefusedLately refused = new RefusedLately();

  /**
   * Where it looks.
   *
   * @param status makes the newest snapshot
   * @param sights what goes wrong in each tunnel
   * @param echoes how far ends answer, which asks them too
   * @param load how busy the box and its line are
   * @param cuts when tunnels were cut, which somebody else tells it
   * @param tight what could go past tunnels
   */
  Evidence(
      Supplier<RouterStatus> status,
      Supplier<Map<String, TunnelSight>> sights,
      Supplier<List<Echoes>> echoes,
      Enquiry enquiry,
      LoadWatch load,
      CutWatch cuts,
      TightWatch tight) {
    this.status = status;
    this.sights = sights;
    this.echoes = echoes;
    this.enquiry = enquiry;
    this.load = load;
    this.cuts = cuts;
    this.tight = tight;
  }

  /** To be called every few seconds, for what shows only in time. */
  void follow(long nowNs) {
    oneWays.look(sights.get(), nowNs);
    load.look(nowNs);
  }

  /**
   * All that is known at this moment.
   *
   * @param answers what came of the last questions, or null where nothing is known of now
   */
  Observations now(Answers answers, long nowNs) {
    RouterStatus snapshot = status.get();
    List<Sight> peers = new ArrayList<>();
    List<Strangers> strangers = new ArrayList<>();
    Map<PeerName, Endpoint> places = enquiry.places();
    Map<PeerName, Inner> reached = enquiry.reached();
    sights
        .get()
        .forEach(
            (tunnel, sight) -> {
              strangers.add(strangers(tunnel, sight));
              for (PeerSight peer : sight.peers()) {
                PeerName name = new PeerName(tunnel, peer.publicKey().toString());
                peers.add(sight(name, sight, peer, answers, places.get(name), reached.get(name)));
              }
            });
    return new Observations(
        snapshot,
        answers != null,
        answers == null ? Outside.UNASKED : answers.outside(),
        enquiry.names().unknown().entrySet().stream()
            .map(each -> new UnknownName(each.getKey(), each.getValue()))
            .toList(),
        peers,
        strangers,
        echoes.get(),
        refused.look(snapshot.rules(), nowNs),
        load.of(snapshot),
        cuts.now(nowNs),
        tight.now());
  }

  private Sight sight(
      PeerName name,
      TunnelSight whole,
      PeerSight peer,
      Answers answers,
      Endpoint place,
      Inner inner) {
    Far far = answers == null || place == null ? null : answers.farEnds().get(place);
    return new Sight(
        name.tunnel(),
        name.publicKey(),
        whole.publicKey() == null ? null : whole.publicKey().toString(),
        event(peer.badResponses()),
        event(peer.oldCalls()),
        NANOSECONDS.toSeconds(peer.backNs()),
        event(peer.answered()),
        event(peer.foreign()),
        peer.foreign().source() == null ? null : peer.foreign().source().toString(),
        oneWays.seconds(name),
        far == null ? Knock.UNASKED : far.knock(),
        far == null ? null : (Boolean) far.hostAnswers(),
        answers != null && inner != null && answers.largeLost().contains(inner),
        enquiry.isNarrowed(name.tunnel()));
  }

  private static Strangers strangers(String tunnel, TunnelSight sight) {
    return new Strangers(
        tunnel,
        event(sight.unknownKeys()),
        sight.unknownHash(),
        sight.unknownKeys().source(),
        event(sight.otherKeys()),
        sight.otherKeys().source(),
        event(sight.noWireGuard()),
        sight.noWireGuard().source());
  }

  private static Event event(Noted noted) {
    return noted.ageNs() < 0
        ? Event.NEVER
        : new Event(noted.count(), NANOSECONDS.toSeconds(noted.ageNs()));
  }
}
