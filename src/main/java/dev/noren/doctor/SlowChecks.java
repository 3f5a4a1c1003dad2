package dev.noren.doctor;

import dev.noren.doctor.Load.Delay;
import dev.noren.doctor.Load.LineLoad;
import dev.noren.doctor.Load.Processors;
import dev.noren.status.Echoes;
import dev.noren.status.Finding;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Tunnel;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What makes far ends answer late, or not always: the box, whose processor is full; else the line,
 * which is full; else somebody on the way, of whom no more is known.
 */
final class SlowChecks {
  private static final long US_OF_MS = 1_000;
  private static final double BYTES_OF_MEGABIT = 125_000;

  /** A megabit a second, which a box that is full with traffic has at least. */
  private static final long BUSY_BYTES = 125_000;

  private SlowChecks() {}

  /**
   * A far end that fares worse.
   *
   * @param delay how long it takes lately, or null
   */
  private record Slow(Tunnel tunnel, Peer peer, Echoes echoes, Delay delay) {
    /** So much that people notice. */
    boolean isNoticed() {
      return echoes.isLossy() || echoes.isLate();
    }

    boolean isSlow() {
      return isNoticed() || waits();
    }

    /** Whether it takes long, or clearly longer than it usually does. */
    boolean waits() {
      return echoes.isLate() || (delay != null && delay.isRisen());
    }

    Sentence evidence() {
      if (echoes.isLossy()) {
        return Sentence.of("seen.loss", echoes.lost(), echoes.asked(), echoes.target());
      }
      return delay != null && delay.isRisen()
          ? Sentence.of(
              "seen.later",
              echoes.target(),
              ms(delay.latelyMicroseconds()),
              ms(delay.usualMicroseconds()))
          : Sentence.of("seen.late", ms(echoes.microseconds()), echoes.target());
    }
  }

  static List<Finding> all(Observations seen) {
    List<Slow> slow = new ArrayList<>();
    for (Tunnel tunnel : seen.status().tunnels()) {
      for (Peer peer : tunnel.peers()) {
        Echoes echoes = seen.echoes(tunnel, peer);
        Slow each = new Slow(tunnel, peer, echoes, seen.load().delay(tunnel, peer));
        if (echoes != null
            && PassageChecks.isOpen(tunnel, peer)
            && !PassageChecks.fails(seen, tunnel, peer)
            && each.isSlow()) {
          slow.add(each);
        }
      }
    }
    Processors processors = seen.load().processors();
    if (processors != null && isBusy(seen, processors, slow)) {
      return List.of(busy(processors, slow));
    }
    // What was lost some minutes ago may have been lost for something else.
    if (slow.stream().anyMatch(Slow::waits) && isFull(seen.load().line())) {
      return List.of(full(seen.load().line(), slow));
    }
    return !slow.isEmpty() && processors != null && processors.areAllFull()
        ? List.of(busy(processors, slow))
        : slow.stream().filter(Slow::isNoticed).map(SlowChecks::unexplained).toList();
  }

  /** Where nobody can be asked how long he takes, a processor that is full tells by itself. */
  private static boolean isBusy(Observations seen, Processors processors, List<Slow> slow) {
    LineLoad line = seen.load().line();
    boolean carries = line != null && Math.max(line.received(), line.sent()) >= BUSY_BYTES;
    boolean asked = seen.echoes().stream().anyMatch(each -> each.asked() > 0);
    return processors.isFullOfTraffic() && (!slow.isEmpty() || (carries && !asked));
  }

  private static boolean isFull(LineLoad line) {
    return line != null && line.isNearItsMost();
  }

  private static Finding busy(Processors processors, List<Slow> slow) {
    List<Sentence> evidence = new ArrayList<>(processors(processors));
    slow.forEach(each -> evidence.add(each.evidence()));
    return Findings.of(Ailment.BUSY, slow.stream().anyMatch(Slow::isNoticed), evidence);
  }

  /** How busy the processors are. */
  static List<Sentence> processors(Processors now) {
    return List.of(
        Sentence.of(
            "seen.processor",
            now.fullest(),
            now.fullestPercent(),
            LineChecks.span(now.seconds()),
            now.count()),
        Sentence.of("seen.processor-own", now.ownPercent(), now.allPercent()));
  }

  private static Finding full(LineLoad line, List<Slow> slow) {
    List<Sentence> evidence = new ArrayList<>();
    evidence.add(rates(line));
    slow.forEach(each -> evidence.add(each.evidence()));
    return Findings.of(
        Ailment.LINE_FULL, slow.stream().anyMatch(Slow::isNoticed), evidence, line.device());
  }

  /** How much goes over the line. */
  static Sentence rates(LineLoad line) {
    return Sentence.of(
        "seen.line-rates",
        line.device(),
        megabits(line.received()),
        megabits(line.sent()),
        megabits(line.mostReceived()),
        megabits(line.mostSent()));
  }

  private static String megabits(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / BYTES_OF_MEGABIT);
  }

  private static Finding unexplained(Slow slow) {
    String name = FarEndChecks.name(slow.peer());
    Finding finding =
        slow.echoes().isLossy()
            ? Findings.of(Ailment.LOSS, true, List.of(slow.evidence()), name)
            : late(slow.echoes(), name);
    return finding.at(slow.tunnel().name().text(), name);
  }

  private static Finding late(Echoes echoes, String name) {
    long ms = ms(echoes.microseconds());
    return Findings.of(
        Ailment.LATE, true, List.of(Sentence.of("seen.late", ms, echoes.target())), name, ms);
  }

  static long ms(long microseconds) {
    return microseconds / US_OF_MS;
  }
}
