package dev.noren.doctor;

import dev.noren.doctor.Sight.Knock;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.status.Finding;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Tunnel;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.List;

/** Whether far ends answer and are who they should be: what keeps a handshake from its end. */
final class FarEndChecks {
  /** What was seen of a handshake so lately is of one that is under way: six attempts. */
  private static final long LATELY_SECONDS = 30;

  /** Calls come once in 5 s, or with a keepalive once in some more. */
  private static final long CALLED_SECONDS = 60;

  /** How long an unknown caller is worth a remark. */
  private static final long STRANGER_SECONDS = 300;

  /** One may be a copy or a coincidence. */
  private static final int FEW = 2;

  private static final int KEY_LETTERS = 8;

  private FarEndChecks() {}

  /** What people call a far end, or the beginning of its key. */
  static String name(Peer peer) {
    return peer.name() == null ? peer.publicKey().substring(0, KEY_LETTERS) + "…" : peer.name();
  }

  static List<Finding> all(Observations seen) {
    List<Finding> found = new ArrayList<>();
    for (Tunnel tunnel : seen.status().tunnels()) {
      String name = tunnel.name().text();
      if (!tunnel.up()) {
        found.add(
            Findings.of(Ailment.NO_TUNNEL, true, seen.status().problems(), name).at(name, null));
        continue;
      }
      for (Peer peer : tunnel.peers()) {
        Finding finding = of(seen, tunnel, peer);
        if (finding != null) {
          found.add(finding.at(name, name(peer)));
        }
      }
    }
    return found;
  }

  private static Finding of(Observations seen, Tunnel tunnel, Peer peer) {
    Sight sight = seen.sight(tunnel, peer);
    boolean fails = peer.isWanted() && peer.isUnanswered();
    if (!fails && (peer.isFresh() || !peer.callsIn())) {
      return null;
    }
    if (sight.oldCalls().count() >= FEW && sight.oldCalls().within(CALLED_SECONDS)) {
      Sentence back = LineChecks.span(sight.backSeconds());
      return Findings.of(
          Ailment.FAR_CLOCK_BACK,
          true,
          List.of(Sentence.of("seen.old-calls", sight.oldCalls().count(), back)),
          name(peer),
          back);
    }
    if (sight.badResponses().within(LATELY_SECONDS)) {
      return Findings.of(
          Ailment.PSK,
          true,
          List.of(Sentence.of("seen.bad-responses", sight.badResponses().count())),
          name(peer));
    }
    if (sight.answered().count() >= FEW && sight.answered().within(LATELY_SECONDS)) {
      return Findings.of(
          Ailment.ANSWERS_LOST,
          true,
          List.of(Sentence.of("seen.answered", sight.answered().count())),
          name(peer));
    }
    return fails && peer.endpoint() != null ? silent(seen, tunnel, peer, sight) : null;
  }

  /** It is called and says nothing that is valid. */
  private static Finding silent(Observations seen, Tunnel tunnel, Peer peer, Sight sight) {
    Strangers strangers = seen.strangers(tunnel);
    Endpoint there = Endpoint.parse(peer.endpoint());
    Sentence unanswered =
        Sentence.of("seen.unanswered", peer.endpoint(), LineChecks.span(peer.unansweredSeconds()));
    if (strangers.unknownKeys().within(CALLED_SECONDS)
        && there.address().equals(strangers.unknownFrom())) {
      return Findings.of(
          Ailment.KEY_UNKNOWN,
          true,
          List.of(unanswered, unknownKey(strangers)),
          name(peer),
          there.address());
    }
    if (strangers.otherKey().within(CALLED_SECONDS)
        && there.address().equals(strangers.otherFrom())) {
      return Findings.of(
          Ailment.OTHER_KEY,
          true,
          List.of(
              unanswered,
              Sentence.of("seen.other-key", strangers.otherKey().count(), there.address())),
          name(peer),
          ownKey(sight));
    }
    boolean strange =
        strangers.noWireGuard().within(LATELY_SECONDS)
            && there.address().equals(strangers.noWireGuardFrom());
    if (strange || sight.knock() == Knock.ANSWERED) {
      return Findings.of(
          Ailment.NOT_WIREGUARD,
          true,
          List.of(unanswered, Sentence.of("seen.not-wireguard", there)),
          name(peer),
          there);
    }
    if (sight.knock() == Knock.REFUSED) {
      return Findings.of(
          Ailment.PORT_REFUSED,
          true,
          List.of(unanswered, Sentence.of("seen.port-refused", there.address(), there.port())),
          name(peer),
          there.address(),
          there.port());
    }
    if (sight.knock() == Knock.UNASKED && !seen.settled()) {
      return null; // what it says to that is about to be known
    }
    return unexplained(peer, sight, there, unanswered);
  }

  private static Finding unexplained(Peer peer, Sight sight, Endpoint there, Sentence unanswered) {
    List<Sentence> evidence = new ArrayList<>();
    evidence.add(unanswered);
    if (sight.hostAnswers() != null) {
      evidence.add(
          Sentence.of(
              sight.hostAnswers() ? "seen.host-answers" : "seen.host-silent", there.address()));
    }
    if (Boolean.TRUE.equals(sight.hostAnswers())) {
      return Findings.of(
          Ailment.FAR_SILENT,
          true,
          evidence,
          name(peer),
          there.address(),
          ownKey(sight),
          there.port());
    }
    return Findings.of(Ailment.NO_ANSWER, true, evidence, name(peer), there);
  }

  private static Object ownKey(Sight sight) {
    return sight.ownKey() == null ? Sentence.of("seen.own-key-unknown") : sight.ownKey();
  }

  private static Sentence unknownKey(Strangers strangers) {
    return Sentence.of(
        "seen.unknown-key",
        strangers.unknownKeys().count(),
        strangers.unknownFrom(),
        strangers.keyHash() == null ? "?" : strangers.keyHash());
  }

  /** Who calls with a key that nobody knows here, and is nowhere near a far end: a remark. */
  static List<Finding> strangers(Observations seen) {
    List<Finding> found = new ArrayList<>();
    for (Tunnel tunnel : seen.status().tunnels()) {
      Strangers strangers = seen.strangers(tunnel);
      IpAddress from = strangers.unknownFrom();
      if (from != null
          && strangers.unknownKeys().within(STRANGER_SECONDS)
          && tunnel.peers().stream().noneMatch(peer -> isAt(peer, from) && peer.isUnanswered())) {
        found.add(
            Findings.of(
                    Ailment.KEY_UNKNOWN, false, List.of(unknownKey(strangers)), tunnel.name(), from)
                .at(tunnel.name().text(), null));
      }
    }
    return found;
  }

  private static boolean isAt(Peer peer, IpAddress address) {
    return peer.endpoint() != null && Endpoint.parse(peer.endpoint()).address().equals(address);
  }
}
