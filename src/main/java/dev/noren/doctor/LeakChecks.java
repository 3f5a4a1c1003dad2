package dev.noren.doctor;

import dev.noren.doctor.Tightness.Ipv6;
import dev.noren.doctor.Tightness.PastNames;
import dev.noren.net.IpAddress;
import dev.noren.status.Finding;
import dev.noren.status.RouterStatus;
import dev.noren.status.RouterStatus.Line;
import dev.noren.text.FieldWords;
import dev.noren.text.Sentence;
import java.util.List;
import java.util.stream.Stream;

/** Whether something goes past a tunnel that is to take it, and what keeps it from doing so. */
public final class LeakChecks {
  private LeakChecks() {}

  /** The settings let it through, so that it may be meant. */
  static List<Finding> all(Observations seen) {
    Stream<Finding> names = seen.tightness().names().stream().map(LeakChecks::names);
    return Stream.concat(names, ipv6(seen.tightness().ipv6())).toList();
  }

  private static Finding names(PastNames past) {
    Sentence whose =
        past.all()
            ? Sentence.of("seen.takes-all", past.tunnel())
            : Sentence.of("seen.takes-devices", past.tunnel());
    return Findings.of(
            Ailment.DNS_LEAK,
            false,
            List.of(whose, Sentence.of("seen.names-past", past.servers())),
            past.tunnel(),
            FieldWords.of("dns.upstream"))
        .at(past.tunnel(), null);
  }

  private static Stream<Finding> ipv6(Ipv6 ipv6) {
    if (ipv6.way() != Ipv6.Way.PAST) {
      return Stream.empty();
    }
    return Stream.of(
        Findings.of(
                Ailment.IPV6_LEAK,
                false,
                List.of(
                    Sentence.of("seen.takes-all", ipv6.tunnel()),
                    Sentence.of("seen.announces-ipv6", ipv6.router())),
                ipv6.tunnel(),
                FieldWords.of("role"))
            .at(ipv6.tunnel(), null));
  }

  /** For whom each tunnel keeps its word while it is down. */
  public static List<Sentence> kept(RouterStatus status) {
    return status.tunnels().stream()
        .filter(tunnel -> tunnel.promisedFor() != null)
        .map(
            tunnel ->
                Sentence.of(
                    "check.leaks-of", tunnel.name(), tunnel.promisedFor(), tunnel.mtuBytes()))
        .toList();
  }

  /**
   * Who answers what devices ask for names.
   *
   * @param chosen the servers that somebody chose; none for the line's own
   */
  public static Sentence asked(List<IpAddress> chosen, RouterStatus status) {
    if (!chosen.isEmpty()) {
      return Sentence.of("check.names-own", chosen);
    }
    List<IpAddress> given =
        status.lines().stream().filter(Line::healthy).flatMap(line -> line.dns().stream()).toList();
    return given.isEmpty()
        ? Sentence.of("check.names-nobody")
        : Sentence.of("check.names-line", given);
  }
}
