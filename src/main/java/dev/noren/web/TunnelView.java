package dev.noren.web;

import dev.noren.status.Echoes;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Tunnel;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A tunnel, with its ends.
 *
 * @param name its name
 * @param state good, unsure, bad or off
 * @param says how it is, in words
 * @param mode what goes into it, in words
 * @param ends its far ends
 */
record TunnelView(String name, String state, Sentence says, Sentence mode, List<End> ends) {
  TunnelView {
    ends = List.copyOf(ends);
  }

  /**
   * A far end.
   *
   * @param name what people call it, or the beginning of its key
   * @param state good, unsure, bad or off
   * @param says how it is, in words
   * @param endpoint where it is; "" while that is not known
   * @param received how much came, as in 3.4 GB
   * @param sent how much went
   * @param rate how much comes and goes now
   * @param answers how fast and how surely it answers, or null where nobody asks it
   */
  record End(
      String name,
      String state,
      Sentence says,
      String endpoint,
      String received,
      String sent,
      String rate,
      Sentence answers) {}

  /** The same with those ends alone that have one of these names. */
  TunnelView withEnds(Collection<String> names) {
    return new TunnelView(
        name, state, says, mode, ends.stream().filter(end -> names.contains(end.name())).toList());
  }

  /**
   * A tunnel.
   *
   * @param echoes how far ends answer
   */
  static TunnelView of(Tunnel tunnel, List<Echoes> echoes) {
    List<End> ends = new ArrayList<>();
    tunnel.peers().forEach(peer -> ends.add(end(tunnel, peer, echoes)));
    String state = tunnel.up() ? worst(ends) : PartView.BAD;
    Sentence says =
        switch (state) {
          case PartView.GOOD -> Sentence.of("web.tunnel-good");
          case PartView.UNSURE -> Sentence.of("web.tunnel-unsure");
          case PartView.BAD -> Sentence.of("web.tunnel-bad");
          default -> Sentence.of("web.tunnel-off");
        };
    Sentence mode =
        switch (tunnel.mode()) {
          case FULL -> Sentence.of("web.mode-full");
          case SPLIT -> Sentence.of("web.mode-split");
        };
    return new TunnelView(tunnel.name().text(), state, says, mode, ends);
  }

  /** Those that only call in, and do not, make it no worse. */
  private static String worst(List<End> ends) {
    for (String state : new String[] {PartView.BAD, PartView.UNSURE, PartView.GOOD}) {
      if (ends.stream().anyMatch(end -> end.state().equals(state))) {
        return state;
      }
    }
    return PartView.OFF;
  }

  private static End end(Tunnel tunnel, Peer peer, List<Echoes> echoes) {
    String state = state(tunnel, peer);
    Sentence says =
        switch (state) {
          case PartView.GOOD -> Sentence.of("web.end-good", Measures.ago(peer.dataAgeSeconds()));
          case PartView.BAD ->
              Sentence.of("web.end-bad", Measures.duration(peer.unansweredSeconds()));
          case PartView.UNSURE -> Sentence.of("web.end-unsure");
          default -> Sentence.of("web.end-off", Measures.ago(peer.handshakeAgeSeconds()));
        };
    return new End(
        peer.name() == null ? peer.publicKey().substring(0, 8) + "…" : peer.name(),
        state,
        says,
        peer.endpoint() == null ? "" : peer.endpoint(),
        Measures.size(peer.traffic().receivedBytes()),
        Measures.size(peer.traffic().sentBytes()),
        Measures.rate(peer.traffic().receivedPerSecond() + peer.traffic().sentPerSecond()),
        AnswerWords.of(tunnel.name().text(), peer, echoes));
  }

  private static String state(Tunnel tunnel, Peer peer) {
    boolean fresh = peer.isFresh();
    if (!tunnel.up() || peer.isDown()) {
      return PartView.BAD;
    }
    if (fresh && peer.dataAgeSeconds() != null) {
      return PartView.GOOD;
    }
    boolean wanted = peer.keepaliveSeconds() != 0 || peer.unansweredSeconds() != 0;
    return fresh || wanted ? PartView.UNSURE : PartView.OFF;
  }
}
