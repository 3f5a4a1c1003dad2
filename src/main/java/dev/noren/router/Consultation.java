package dev.noren.router;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.config.RouterTunnel;
import dev.noren.config.TunnelUse.Mode;
import dev.noren.crypto.PublicKey;
import dev.noren.doctor.Diagnosis;
import dev.noren.doctor.Doctor;
import dev.noren.doctor.Event;
import dev.noren.doctor.Finding;
import dev.noren.doctor.Observations;
import dev.noren.doctor.Outside;
import dev.noren.doctor.Sight;
import dev.noren.doctor.Sight.Knock;
import dev.noren.doctor.Strangers;
import dev.noren.doctor.UnknownName;
import dev.noren.net.Endpoint;
import dev.noren.plan.Layout;
import dev.noren.plan.Marks;
import dev.noren.plan.RouterPlan;
import dev.noren.plan.TunnelPlan;
import dev.noren.protocol.peer.Note.Noted;
import dev.noren.router.Questions.Answers;
import dev.noren.router.Questions.Asked;
import dev.noren.router.Questions.Far;
import dev.noren.router.Questions.Inner;
import dev.noren.status.Echoes;
import dev.noren.status.Health;
import dev.noren.status.RouterStatus;
import dev.noren.text.Past;
import dev.noren.tunnel.TunnelSight;
import dev.noren.tunnel.TunnelSight.PeerSight;
import dev.noren.tunnel.TunnelSnapshot;
import dev.noren.tunnel.TunnelSnapshot.PeerSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Gathers what the doctor looks at: the snapshot, what the data path noted, and what comes of
 * questions, which are asked while something is wrong or somebody wants to know. For the router's
 * thread.
 */
final class Consultation {
  /** How often the counters are looked at. */
  private static final long LOOK_NS = SECONDS.toNanos(2);

  /** How often a diagnosis is made that nobody asks for, while something is wrong. */
  private static final long ROUND_NS = SECONDS.toNanos(10);

  /** For how long somebody who asked wants to know. */
  private static final long ASKED_NS = SECONDS.toNanos(30);

  /** What has been wrong for longer is looked into less often. */
  private static final long NEW_NS = SECONDS.toNanos(180);

  private static final long SELDOM_NS = SECONDS.toNanos(300);

  /** What was heard so lately needs no question. */
  private static final long HEARD_NS = SECONDS.toNanos(10);

  /** Each takes some memory in a round; so many are enough to tell what is wrong. */
  private static final int MOST_FAR_ENDS = 8;

  private final Parts parts;
  private final LongSupplier nowNs;
  private final Map<String, OneWay> oneWays = new HashMap<>();
  private final RefusedLately refused = new RefusedLately();
  private Long askedNs;
  private Long wrongSinceNs;
  private long seldomNs;
  private long looksNs;
  private long roundNs;
  private String toldLast;
  private String foundLast;

  /**
   * Where it looks.
   *
   * @param status makes the newest snapshot
   * @param plan the plan in force
   * @param snapshots how each running tunnel is
   * @param sights what goes wrong in each
   * @param names the far ends' names
   * @param echoes how far ends answer, which asks them too
   * @param inner whom a plan's tunnels lead to that answers echoes
   */
  record Parts(
      Supplier<RouterStatus> status,
      Supplier<RouterPlan> plan,
      Supplier<Map<String, TunnelSnapshot>> snapshots,
      Supplier<Map<String, TunnelSight>> sights,
      FarNames names,
      Supplier<List<Echoes>> echoes,
      Supplier<List<FarAnswers.Asked>> inner,
      Questions questions,
      Happenings happenings) {}

  Consultation(Parts parts, LongSupplier nowNs) {
    this.parts = parts;
    this.nowNs = nowNs;
    this.looksNs = nowNs.getAsLong();
    this.roundNs = nowNs.getAsLong();
  }

  /** To be called a few times a second. */
  void look(Health health) {
    long now = nowNs.getAsLong();
    if (now - looksNs < 0) {
      return;
    }
    looksNs = now + LOOK_NS;
    followOneWays(now);
    boolean wrong = isWrong(health);
    if (isWorthAsking(wrong, now) || (askedNs != null && now - askedNs < ASKED_NS)) {
      want();
    }
    if (!wrong) {
      tell(null);
    } else if (now - roundNs >= 0 && parts.questions().answers() != null) {
      roundNs = now + ROUND_NS;
      tell(seen(now).finding());
    }
  }

  /** Through a tunnel that nobody uses nothing comes, and that may be so all night. */
  private static boolean isWrong(Health health) {
    return !health.isWell() && health != Health.UNPROVED;
  }

  /** Often while it is new; what stays as it is, is asked for a moment now and then. */
  private boolean isWorthAsking(boolean wrong, long now) {
    if (!wrong) {
      wrongSinceNs = null;
      return false;
    }
    if (wrongSinceNs == null) {
      wrongSinceNs = now;
      seldomNs = now + NEW_NS;
    }
    if (now - wrongSinceNs < NEW_NS) {
      return true;
    }
    if (now - seldomNs >= 0) {
      seldomNs = now + SELDOM_NS;
      return true;
    }
    return false;
  }

  /** What is wrong; what was asked long ago is asked again, for who looks once more. */
  Diagnosis diagnose() {
    long now = nowNs.getAsLong();
    askedNs = now;
    want();
    return seen(now);
  }

  /** Writes down what was found twice in a row, and that it is over. */
  private void tell(Finding finding) {
    String found =
        finding == null || !finding.fault()
            ? null
            : Past.words("past.found", finding.number(), finding.says().toString());
    boolean again = Objects.equals(found, foundLast);
    foundLast = found;
    if (again && !Objects.equals(found, toldLast)) {
      parts.happenings().router(found == null ? Past.words("past.found-nothing") : found);
      toldLast = found;
    }
  }

  private void followOneWays(long now) {
    Set<String> there = new LinkedHashSet<>();
    parts
        .sights()
        .get()
        .forEach(
            (tunnel, sight) -> {
              for (PeerSight peer : sight.peers()) {
                String key = key(tunnel, peer.publicKey().toString());
                there.add(key);
                oneWays
                    .computeIfAbsent(key, any -> new OneWay())
                    .look(peer.dataSentBytes(), peer.dataAgeNs(), now);
              }
            });
    oneWays.keySet().retainAll(there);
  }

  private static String key(String tunnel, String publicKey) {
    return tunnel + " " + publicKey;
  }

  private void want() {
    RouterPlan plan = parts.plan().get();
    Layout.Line line = plan.layout().preferred();
    parts
        .questions()
        .want(
            new Asked(
                line == null ? 0 : Marks.ofLine(line.number()),
                line == null ? null : line.lease().gateway(),
                line == null ? List.of() : line.lease().dns(),
                plan.tunnels().stream().noneMatch(Consultation::isSealed),
                parts.names().wanted(),
                unheard(plan),
                inner(plan)));
  }

  /**
   * Whether nothing may leave beside a tunnel, of the box's own neither: then only the next router
   * and the tunnels' far ends are asked, and for their names, to whom the tunnels speak anyway.
   */
  private static boolean isSealed(TunnelPlan tunnel) {
    return tunnel.config().use().mode() == Mode.FULL && tunnel.config().killSwitch();
  }

  /** Where far ends are that this box is to reach, and of which nothing was heard just now. */
  private Set<Endpoint> unheard(RouterPlan plan) {
    Set<Endpoint> unheard = new LinkedHashSet<>();
    Map<String, TunnelSnapshot> snapshots = parts.snapshots().get();
    for (TunnelPlan tunnel : plan.tunnels()) {
      TunnelSnapshot now = snapshots.get(tunnel.device());
      Set<PublicKey> called = new HashSet<>();
      for (RouterTunnel.Peer peer : tunnel.config().peers()) {
        if (peer.config().endpoint() != null) {
          called.add(peer.config().publicKey());
        }
      }
      for (PeerSnapshot peer : now == null ? List.<PeerSnapshot>of() : now.peers()) {
        boolean heard =
            peer.unansweredNs() == 0 && peer.dataAgeNs() >= 0 && peer.dataAgeNs() <= HEARD_NS;
        if (called.contains(peer.publicKey())
            && peer.endpoint() != null
            && !heard
            && unheard.size() < MOST_FAR_ENDS) {
          unheard.add(plain(peer.endpoint()));
        }
      }
    }
    return unheard;
  }

  /** As people read it, without the local address that the kernel has chosen. */
  private static Endpoint plain(Endpoint inUse) {
    return Endpoint.of(inUse.address(), inUse.port());
  }

  private List<Inner> inner(RouterPlan plan) {
    Map<Integer, Integer> mtus = new HashMap<>();
    plan.tunnels().forEach(each -> mtus.put(Marks.ofTunnel(each.number()), each.mtuBytes()));
    return parts.inner().get().stream()
        .limit(MOST_FAR_ENDS)
        .map(
            each ->
                new Inner(
                    each.target().address(), each.target().mark(), mtus.get(each.target().mark())))
        .toList();
  }

  private Diagnosis seen(long now) {
    RouterStatus status = parts.status().get();
    Answers answers = parts.questions().answers();
    Map<String, TunnelSight> sights = parts.sights().get();
    List<Sight> peers = new ArrayList<>();
    List<Strangers> strangers = new ArrayList<>();
    Map<String, TunnelSnapshot> snapshots = parts.snapshots().get();
    Map<String, Inner> inner = innerByKey();
    sights.forEach(
        (tunnel, sight) -> {
          strangers.add(strangers(tunnel, sight));
          Map<String, Endpoint> places = places(snapshots.get(tunnel));
          for (PeerSight peer : sight.peers()) {
            peers.add(
                sight(
                    tunnel,
                    sight,
                    peer,
                    answers,
                    places.get(peer.publicKey().toString()),
                    inner.get(key(tunnel, peer.publicKey().toString()))));
          }
        });
    return Doctor.diagnose(
        new Observations(
            status,
            answers != null,
            answers == null ? Outside.UNASKED : answers.outside(),
            parts.names().unknown().entrySet().stream()
                .map(each -> new UnknownName(each.getKey(), each.getValue()))
                .toList(),
            peers,
            strangers,
            parts.echoes().get(),
            refused.look(status.rules(), now)));
  }

  private Map<String, Inner> innerByKey() {
    RouterPlan plan = parts.plan().get();
    List<FarAnswers.Asked> asked = parts.inner().get();
    List<Inner> inner = inner(plan);
    Map<String, Inner> byKey = new HashMap<>();
    for (int i = 0; i < inner.size(); i++) {
      byKey.put(key(asked.get(i).tunnel(), asked.get(i).publicKey()), inner.get(i));
    }
    return byKey;
  }

  private static Map<String, Endpoint> places(TunnelSnapshot tunnel) {
    Map<String, Endpoint> places = new HashMap<>();
    if (tunnel != null) {
      for (PeerSnapshot peer : tunnel.peers()) {
        if (peer.endpoint() != null) {
          places.put(peer.publicKey().toString(), plain(peer.endpoint()));
        }
      }
    }
    return places;
  }

  private Sight sight(
      String tunnel,
      TunnelSight whole,
      PeerSight peer,
      Answers answers,
      Endpoint place,
      Inner inner) {
    String publicKey = peer.publicKey().toString();
    Far far = answers == null || place == null ? null : answers.farEnds().get(place);
    OneWay oneWay = oneWays.get(key(tunnel, publicKey));
    return new Sight(
        tunnel,
        publicKey,
        whole.publicKey() == null ? null : whole.publicKey().toString(),
        event(peer.badResponses()),
        event(peer.oldCalls()),
        NANOSECONDS.toSeconds(peer.backNs()),
        event(peer.answered()),
        event(peer.foreign()),
        peer.foreign().source() == null ? null : peer.foreign().source().toString(),
        oneWay == null ? 0 : NANOSECONDS.toSeconds(oneWay.ns()),
        far == null ? Knock.UNASKED : far.knock(),
        far == null ? null : (Boolean) far.hostAnswers(),
        answers != null && inner != null && answers.largeLost().contains(inner));
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
