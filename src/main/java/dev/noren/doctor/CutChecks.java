package dev.noren.doctor;

import static java.util.Comparator.comparingInt;

import dev.noren.doctor.Cut.Cause;
import dev.noren.status.Finding;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Tunnel;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Whether a tunnel is cut again and again, and by what. */
final class CutChecks {
  static final long HOUR = 3_600;
  static final long DAY = 86_400;

  /** Once may be a provider's work at night, twice a plug that somebody moved. */
  private static final int OFTEN_IN_AN_HOUR = 3;

  private static final int OFTEN_IN_A_DAY = 6;

  /** Half a NAT's shortest memory, and WireGuard's own advice, seconds. */
  private static final int KEEPALIVE_SECONDS = 25;

  private CutChecks() {}

  /** It is over each time, so that it is a remark and no fault. */
  static List<Finding> all(Observations seen) {
    List<Finding> found = new ArrayList<>();
    for (Tunnel tunnel : seen.status().tunnels()) {
      for (Peer peer : tunnel.peers()) {
        String name = tunnel.name().text();
        List<Cut> hour = seen.cuts().of(name, peer.publicKey(), HOUR);
        List<Cut> day = seen.cuts().of(name, peer.publicKey(), DAY);
        if (hour.size() >= OFTEN_IN_AN_HOUR) {
          found.add(often(hour, HOUR, FarEndChecks.name(peer)).at(name, FarEndChecks.name(peer)));
        } else if (day.size() >= OFTEN_IN_A_DAY) {
          found.add(often(day, DAY, FarEndChecks.name(peer)).at(name, FarEndChecks.name(peer)));
        }
      }
    }
    return found;
  }

  private static Finding often(List<Cut> cuts, long seconds, String name) {
    Map<Cause, Integer> causes = causes(cuts);
    Cause most = mostOften(causes);
    List<Sentence> evidence = new ArrayList<>();
    causes.forEach((cause, count) -> evidence.add(Sentence.of(seen(cause), count)));
    evidence.add(last(cuts.getLast()));
    return Findings.of(
            Ailment.OFTEN_CUT,
            false,
            evidence,
            name,
            cuts.size(),
            Sentence.of(seconds == HOUR ? "span.hour" : "span.day"))
        .advising(next(most, name));
  }

  /** How often each was it, the surest first. */
  static Map<Cause, Integer> causes(List<Cut> cuts) {
    Map<Cause, Integer> causes = new EnumMap<>(Cause.class);
    cuts.forEach(each -> causes.merge(each.cause(), 1, Integer::sum));
    return causes;
  }

  private static Cause mostOften(Map<Cause, Integer> causes) {
    return causes.entrySet().stream()
        .max(comparingInt(Map.Entry<Cause, Integer>::getValue))
        .orElseThrow()
        .getKey();
  }

  static String seen(Cause cause) {
    return switch (cause) {
      case CABLE -> "seen.cut-cable";
      case ADDRESS -> "seen.cut-address";
      case LEASE -> "seen.cut-lease";
      case LINE -> "seen.cut-line";
      case REKEY -> "seen.cut-rekey";
      case IDLE -> "seen.cut-idle";
      case UNKNOWN -> "seen.cut-unknown";
    };
  }

  static Sentence last(Cut cut) {
    return Sentence.of(
        "seen.cut-last",
        LineChecks.span(cut.ageSeconds()),
        LineChecks.span(Math.max(1, cut.lastedSeconds())));
  }

  private static Sentence next(Cause cause, String name) {
    return switch (cause) {
      case CABLE -> Sentence.of("finding.often-cut-cable");
      case ADDRESS -> Sentence.of("finding.often-cut-address");
      case LEASE -> Sentence.of("finding.often-cut-lease");
      case LINE -> Sentence.of("finding.often-cut-line");
      case REKEY -> Sentence.of("finding.often-cut-rekey", name);
      case IDLE -> Sentence.of("finding.often-cut-idle", KEEPALIVE_SECONDS, name);
      case UNKNOWN -> Sentence.of("finding.often-cut-next", name);
    };
  }
}
