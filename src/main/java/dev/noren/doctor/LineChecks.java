package dev.noren.doctor;

import dev.noren.doctor.Outside.Web;
import dev.noren.status.Finding;
import dev.noren.status.RouterStatus;
import dev.noren.status.RouterStatus.Line;
import dev.noren.text.FieldWords;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.List;

/** The box's own end: the cable, the line, names and the clock. Each gives null for nothing. */
final class LineChecks {
  /** A clock that is less off harms nothing: one-time codes are taken a step of 30 s around. */
  private static final long CLOCK_SECONDS = 60;

  private static final long MINUTE = 60;
  private static final long HOUR = 3_600;
  private static final long DAY = 86_400;

  private LineChecks() {}

  static Finding noLink(Observations seen) {
    List<Line> lines = seen.status().lines();
    if (lines.isEmpty() ? seen.status().cable() : lines.stream().anyMatch(Line::cable)) {
      return null;
    }
    return Findings.of(
        Ailment.NO_LINK,
        true,
        lines.isEmpty()
            ? List.of(Sentence.of("seen.no-cable-at-all"))
            : lines.stream().map(line -> Sentence.of("seen.no-cable", line.device())).toList());
  }

  static Finding noAddress(Observations seen) {
    List<Line> lines = seen.status().lines();
    if (lines.stream().anyMatch(line -> line.address() != null && line.cable())) {
      return null;
    }
    List<Sentence> evidence = new ArrayList<>();
    for (Line line : lines) {
      if (!line.cable()) {
        evidence.add(Sentence.of("seen.no-cable", line.device()));
      } else if (line.method().equals("pppoe")) {
        evidence.add(Sentence.of("seen.no-pppoe", line.device()));
      } else {
        evidence.add(Sentence.of("seen.no-dhcp", line.device()));
      }
    }
    if (lines.isEmpty()) {
      evidence.add(Sentence.of("seen.no-line"));
    }
    seen.status().services().stream()
        .filter(service -> service.runningSince() == null && service.lastWords() != null)
        .forEach(
            service ->
                evidence.add(Sentence.of("seen.last-words", service.name(), service.lastWords())));
    return Findings.of(Ailment.NO_ADDRESS, true, evidence);
  }

  /** Nothing is heard from outside: not even from the next router, or only from there. */
  static Finding silent(Observations seen) {
    Outside outside = seen.outside();
    if (seen.isBeyondHeard()
        || (outside.namesAnswer() == null && outside.gatewayAnswers() == null)) {
      return null;
    }
    List<Sentence> evidence = new ArrayList<>();
    if (outside.gatewayAnswers() != null) {
      evidence.add(
          Sentence.of(
              outside.gatewayAnswers() ? "seen.gateway-answers" : "seen.gateway-silent",
              outside.gateway()));
    }
    addNames(outside, evidence);
    seen.sights().stream()
        .filter(sight -> Boolean.FALSE.equals(sight.hostAnswers()))
        .forEach(sight -> evidence.add(Sentence.of("seen.host-silent", name(seen, sight))));
    if (Boolean.FALSE.equals(outside.gatewayAnswers())) {
      // Some routers never answer echoes; one behind which names are found is well.
      return outside.namesAnswer() == null && !hasSilentHost(seen)
          ? null
          : Findings.of(Ailment.GATEWAY_SILENT, true, evidence, outside.gateway());
    }
    // With one thing alone that is silent, it is that.
    return outside.namesAnswer() != null && hasSilentHost(seen)
        ? Findings.of(Ailment.NOTHING_BEYOND, true, evidence)
        : null;
  }

  private static boolean hasSilentHost(Observations seen) {
    return seen.sights().stream().anyMatch(sight -> Boolean.FALSE.equals(sight.hostAnswers()));
  }

  private static String name(Observations seen, Sight sight) {
    return seen.peers()
        .filter(peer -> peer.publicKey().equals(sight.publicKey()))
        .findFirst()
        .map(FarEndChecks::name)
        .orElse(sight.tunnel());
  }

  private static void addNames(Outside outside, List<Sentence> evidence) {
    if (outside.namesAnswer() != null && !outside.namesAnswer()) {
      evidence.add(Sentence.of("seen.names-silent", outside.servers()));
    }
    if (outside.web() == Web.SILENT) {
      evidence.add(Sentence.of("seen.web-silent"));
    }
  }

  static Finding dnsDead(Observations seen) {
    Outside outside = seen.outside();
    if (!Boolean.FALSE.equals(outside.namesAnswer())) {
      return null;
    }
    List<Sentence> evidence = new ArrayList<>();
    addNames(outside, evidence);
    if (Boolean.TRUE.equals(outside.gatewayAnswers())) {
      evidence.add(Sentence.of("seen.gateway-answers", outside.gateway()));
    }
    evidence.add(Sentence.of(seen.isBeyondHeard() ? "seen.beyond-heard" : "seen.beyond-unknown"));
    return Findings.of(
        Ailment.DNS_DEAD, true, evidence, outside.servers(), FieldWords.of("dns.upstream"));
  }

  static Finding portal(Observations seen) {
    Outside outside = seen.outside();
    return outside.web() == Web.PORTAL
        ? Findings.of(
            Ailment.PORTAL, true, List.of(Sentence.of("seen.portal", portalName(outside))))
        : null;
  }

  private static Object portalName(Outside outside) {
    return outside.portal() == null ? Sentence.of("seen.portal-nameless") : outside.portal();
  }

  /** Only while a far end's place is not known: the last answer is kept while there is no other. */
  static Finding nameUnknown(Observations seen) {
    boolean missed = seen.peers().anyMatch(peer -> peer.endpoint() == null && !peer.callsIn());
    return missed && !seen.names().isEmpty()
        ? Findings.of(
            Ailment.NAME_UNKNOWN,
            true,
            seen.names().stream().map(UnknownName::why).toList(),
            seen.names().stream().map(UnknownName::host).toList())
        : null;
  }

  static List<Finding> fallback(Observations seen) {
    RouterStatus status = seen.status();
    // An unclaimed box, and one whose tunnels are down, has other words for its health.
    if (status.lines().isEmpty()
        || status.lines().getFirst().healthy()
        || status.lines().stream().noneMatch(Line::healthy)) {
      return List.of();
    }
    Line first = status.lines().getFirst();
    Sentence why =
        !first.cable()
            ? Sentence.of("seen.no-cable", first.device())
            : first.address() == null
                ? Sentence.of("seen.line-no-address", first.device())
                : Sentence.of("seen.line-sick", first.device());
    String spare = status.lines().stream().filter(Line::healthy).findFirst().orElseThrow().device();
    return List.of(Findings.of(Ailment.FALLBACK, true, List.of(why), first.device(), spare));
  }

  static List<Finding> clock(Observations seen) {
    Long off = seen.outside().clockOffSeconds();
    if (off == null || Math.abs(off) < CLOCK_SECONDS) {
      return List.of();
    }
    Sentence evidence =
        Sentence.of(off > 0 ? "seen.clock-before" : "seen.clock-behind", span(Math.abs(off)));
    return List.of(Findings.of(Ailment.CLOCK_WRONG, true, List.of(evidence), span(Math.abs(off))));
  }

  /** So much time, in the greatest unit that fits. */
  static Sentence span(long seconds) {
    if (seconds < 2 * MINUTE) {
      return Sentence.of("span.seconds", seconds);
    }
    if (seconds < 2 * HOUR) {
      return Sentence.of("span.minutes", seconds / MINUTE);
    }
    return seconds < 2 * DAY
        ? Sentence.of("span.hours", seconds / HOUR)
        : Sentence.of("span.days", seconds / DAY);
  }
}
