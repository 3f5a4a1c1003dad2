package dev.noren.doctor;

import dev.noren.config.TunnelUse.Mode;
import dev.noren.doctor.Load.Delay;
import dev.noren.doctor.Load.LineLoad;
import dev.noren.doctor.Tightness.Ipv6;
import dev.noren.net.IpAddress;
import dev.noren.status.Echoes;
import dev.noren.status.RouterStatus.Line;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Tunnel;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.List;

/** What was looked at for a complaint, and what was seen there: also where all of it is well. */
final class Looked {
  private final Observations seen;
  private final List<Sentence> said = new ArrayList<>();

  private Looked(Observations seen) {
    this.seen = seen;
  }

  static List<Sentence> at(Observations seen, Symptom symptom) {
    Looked looked = new Looked(seen);
    switch (symptom) {
      case CONNECT -> looked.connect();
      case SLOW -> looked.slow();
      case CUT -> looked.cut();
      case LEAK -> looked.leak();
    }
    return List.copyOf(looked.said);
  }

  private void say(String key, Object... words) {
    said.add(Sentence.of(key, words));
  }

  private void connect() {
    lines();
    Outside outside = seen.outside();
    if (outside.gatewayAnswers() != null) {
      say(
          outside.gatewayAnswers() ? "seen.gateway-answers" : "seen.gateway-silent",
          outside.gateway());
    }
    if (outside.namesAnswer() != null) {
      say(outside.namesAnswer() ? "looked.names-answer" : "seen.names-silent", outside.servers());
    }
    farEnds(this::handshake);
  }

  private void lines() {
    if (seen.status().lines().isEmpty()) {
      say("seen.no-line");
    }
    for (Line line : seen.status().lines()) {
      if (!line.cable()) {
        say("seen.no-cable", line.device());
      } else if (line.address() == null) {
        say("seen.line-no-address", line.device());
      } else {
        IpAddress address = line.address().address();
        say(line.healthy() ? "looked.line-well" : "looked.line-sick", line.device(), address);
      }
    }
  }

  /** What is said of one far end. */
  private interface OfFarEnd {
    void say(Tunnel tunnel, Peer peer);
  }

  private void farEnds(OfFarEnd what) {
    if (seen.peers().findAny().isEmpty()) {
      say("looked.no-far-end");
    }
    for (Tunnel tunnel : seen.status().tunnels()) {
      tunnel.peers().forEach(peer -> what.say(tunnel, peer));
    }
  }

  private void handshake(Tunnel tunnel, Peer peer) {
    String name = FarEndChecks.name(peer);
    if (peer.isUnanswered()) {
      say("looked.calls", name, LineChecks.span(peer.unansweredSeconds()));
    } else if (peer.handshakeAgeSeconds() == null) {
      say(peer.callsIn() ? "looked.waits" : "looked.not-called", name);
    } else {
      say("looked.handshake", name, LineChecks.span(peer.handshakeAgeSeconds()));
    }
    if (peer.dataAgeSeconds() != null) {
      say("looked.data", name, LineChecks.span(peer.dataAgeSeconds()));
    }
  }

  private void slow() {
    if (seen.load().processors() != null) {
      said.addAll(SlowChecks.processors(seen.load().processors()));
    }
    LineLoad line = seen.load().line();
    if (line != null) {
      said.add(SlowChecks.rates(line));
    }
    lines();
    farEnds(this::quality);
  }

  private void quality(Tunnel tunnel, Peer peer) {
    String name = FarEndChecks.name(peer);
    Echoes echoes = seen.echoes(tunnel, peer);
    if (echoes == null || echoes.asked() == 0) {
      say("looked.not-asked", name);
    } else {
      say("looked.loss", name, echoes.lost(), echoes.asked());
      if (echoes.microseconds() != null) {
        say("looked.delay", name, SlowChecks.ms(echoes.microseconds()));
      }
    }
    Delay delay = seen.load().delay(tunnel, peer);
    if (delay != null && delay.usualMicroseconds() != null) {
      say("looked.usual", name, SlowChecks.ms(delay.usualMicroseconds()));
    }
    Sight sight = seen.sight(tunnel, peer);
    if (sight.largeLost()) {
      say("seen.large-lost", tunnel.mtuBytes());
    } else {
      say(sight.narrowed() ? "seen.narrow" : "looked.mtu", tunnel.mtuBytes(), tunnel.name());
    }
  }

  private void cut() {
    lines();
    say("looked.watched", LineChecks.span(seen.cuts().watchedSeconds()));
    farEnds(this::cuts);
  }

  private void cuts(Tunnel tunnel, Peer peer) {
    String name = FarEndChecks.name(peer);
    if (peer.callsIn()) {
      say("looked.cuts-caller", name);
      return;
    }
    String of = tunnel.name().text();
    List<Cut> day = seen.cuts().of(of, peer.publicKey(), CutChecks.DAY);
    int hour = seen.cuts().of(of, peer.publicKey(), CutChecks.HOUR).size();
    say("looked.cuts", name, hour, day.size());
    CutChecks.causes(day).forEach((cause, count) -> say(CutChecks.seen(cause), count));
    if (!day.isEmpty()) {
      said.add(CutChecks.last(day.getLast()));
    }
  }

  private void leak() {
    List<Sentence> kept = LeakChecks.kept(seen.status());
    said.addAll(kept.isEmpty() ? List.of(Sentence.of("looked.nothing-kept")) : kept);
    List<String> open =
        seen.status().tunnels().stream()
            .filter(tunnel -> tunnel.mode() == Mode.FULL && !tunnel.killSwitch())
            .map(tunnel -> tunnel.name().text())
            .toList();
    if (!open.isEmpty()) {
      say("check.leaks-open", open);
    }
    Tightness tightness = seen.tightness();
    said.add(LeakChecks.asked(tightness.chosen() ? tightness.servers() : List.of(), seen.status()));
    tightness.names().forEach(past -> say("looked.names-past", past.tunnel(), past.servers()));
    ipv6(tightness.ipv6());
  }

  private void ipv6(Ipv6 ipv6) {
    switch (ipv6.way()) {
      case NONE -> say("check.self-no-6");
      case GIVEN -> say("check.self-has-6");
      case CLOSED -> say("remark.no-ipv6", ipv6.tunnel());
      case PAST -> say("seen.announces-ipv6", ipv6.router());
    }
  }
}
