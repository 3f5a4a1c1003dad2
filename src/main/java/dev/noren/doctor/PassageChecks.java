package dev.noren.doctor;

import dev.noren.status.Finding;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Tunnel;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.List;

/** Whether what is sent comes through a tunnel whose ends have shaken hands. */
final class PassageChecks {
  private static final long FOREIGN_SECONDS = 60;
  private static final int FOREIGN_PACKETS = 3;

  /** Longer than any answer takes; a whole keepalive's time more than the 10 s of WP 6.5. */
  private static final long ONE_WAY_SECONDS = 20;

  /** What an IPv6 link carries at least (RFC 8200, 5), which hardly any hole is smaller than. */
  private static final int SAFE_MTU = 1280;

  private PassageChecks() {}

  static List<Finding> all(Observations seen) {
    List<Finding> found = new ArrayList<>();
    for (Tunnel tunnel : seen.status().tunnels()) {
      for (Peer peer : tunnel.peers()) {
        if (isOpen(tunnel, peer)) {
          Finding finding = of(seen, tunnel, peer);
          if (finding != null) {
            found.add(finding.at(tunnel.name().text(), FarEndChecks.name(peer)));
          }
        }
      }
    }
    return found;
  }

  /** Whether the ends have shaken hands. */
  static boolean isOpen(Tunnel tunnel, Peer peer) {
    return tunnel.up() && peer.isFresh() && !peer.isUnanswered();
  }

  /** Whether something keeps what is sent from coming through, which explains all that is lost. */
  static boolean fails(Observations seen, Tunnel tunnel, Peer peer) {
    Finding finding = of(seen, tunnel, peer);
    return finding != null && finding.fault();
  }

  private static Finding of(Observations seen, Tunnel tunnel, Peer peer) {
    Sight sight = seen.sight(tunnel, peer);
    String name = FarEndChecks.name(peer);
    if (sight.foreign().count() >= FOREIGN_PACKETS && sight.foreign().within(FOREIGN_SECONDS)) {
      Object source =
          sight.foreignSource() == null
              ? Sentence.of("seen.source-unknown")
              : sight.foreignSource();
      return Findings.of(
          Ailment.FOREIGN_SOURCE,
          true,
          List.of(
              Sentence.of("seen.foreign", sight.foreign().count(), source),
              Sentence.of("seen.allowed", peer.allowedIps())),
          name,
          source);
    }
    if (sight.largeLost()) {
      return Findings.of(
          Ailment.MTU_HOLE,
          true,
          List.of(Sentence.of("seen.large-lost", tunnel.mtuBytes())),
          name,
          tunnel.name(),
          SAFE_MTU);
    }
    if (sight.narrowed()) {
      return Findings.of(Ailment.MTU_HOLE, false, List.of(seenNarrow(tunnel)), name)
          .advising(Sentence.of("finding.mtu-hole-narrowed", tunnel.name(), tunnel.mtuBytes()));
    }
    if (sight.oneWaySeconds() >= ONE_WAY_SECONDS) {
      // One machine behind a far end that works may be off, and that is no trouble of the tunnel's.
      return Findings.of(
          Ailment.ONE_WAY,
          !peer.isProved(),
          List.of(Sentence.of("seen.one-way", LineChecks.span(sight.oneWaySeconds()))),
          name,
          tunnel.addresses());
    }
    return null;
  }

  private static Sentence seenNarrow(Tunnel tunnel) {
    return Sentence.of("seen.narrow", tunnel.mtuBytes());
  }
}
