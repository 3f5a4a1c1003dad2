package dev.noren.probe;

import dev.noren.probe.FarEchoes.Target;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * When which far end is asked for an echo, so that all together cost less than 1 kbit/s, there and
 * back. Where traffic proves that the way is open, nobody is asked. Pure: who sends brings the
 * time.
 */
final class EchoSchedule {
  /** What {@link #nextNs} gives where nobody is to be asked. */
  static final long NEVER = Long.MAX_VALUE;

  private final Rules rules;
  private final Map<Target, Long> askedNs = new HashMap<>();
  private Long roundNs;
  private int inRound;

  /**
   * How often.
   *
   * @param soonNs while somebody looks, or something is not clear, nanoseconds
   * @param seldomNs for a proof that nothing else gives
   * @param gapNs for each echo, before the next is sent
   */
  record Rules(long soonNs, long seldomNs, long gapNs) {
    /**
     * An echo and its answer are 288 bytes at most, with all headers of two IPv6 layers and
     * WireGuard's: at one in 4 s that is 576 bit/s, which leaves room for the echoes of two lines,
     * at 192 bit/s each.
     */
    static final Rules USUAL =
        new Rules(
            Duration.ofSeconds(5).toNanos(),
            Duration.ofSeconds(30).toNanos(),
            Duration.ofSeconds(4).toNanos());
  }

  /**
   * Who may be asked.
   *
   * @param looked whether somebody looks at how all of them answer
   * @param all all of them
   * @param open those whose tunnel's ends have shaken hands
   * @param unproved those of them from which nothing has come lately
   */
  record Whom(boolean looked, List<Target> all, Set<Target> open, Set<Target> unproved) {
    Whom {
      all = List.copyOf(all);
      open = Set.copyOf(open);
      unproved = Set.copyOf(unproved);
    }
  }

  EchoSchedule(Rules rules) {
    this.rules = rules;
  }

  /**
   * Who is to be asked now; they count as asked.
   *
   * @param unsure says of whom a few more echoes would tell more
   */
  List<Target> due(Whom whom, Predicate<Target> unsure, long nowNs) {
    askedNs.keySet().retainAll(new HashSet<>(whom.all));
    if (roundNs != null && nowNs - roundNs < inRound * rules.gapNs) {
      return List.of();
    }
    List<Target> due =
        wanted(whom, unsure).stream()
            .filter(each -> leftNs(each, whom, unsure, nowNs) <= 0)
            .toList();
    if (!due.isEmpty()) {
      due.forEach(each -> askedNs.put(each, nowNs));
      roundNs = nowNs;
      inRound = due.size();
    }
    return due;
  }

  /** When somebody is to be asked next, or {@link #NEVER}. */
  long nextNs(Whom whom, Predicate<Target> unsure, long nowNs) {
    long least = NEVER;
    for (Target each : wanted(whom, unsure)) {
      least = Math.min(least, leftNs(each, whom, unsure, nowNs));
    }
    if (least == NEVER) {
      return NEVER;
    }
    long pauseNs = roundNs == null ? 0 : roundNs + inRound * rules.gapNs - nowNs;
    return nowNs + Math.max(0, Math.max(least, pauseNs));
  }

  private static Collection<Target> wanted(Whom whom, Predicate<Target> unsure) {
    return whom.looked
        ? whom.all
        : whom.all.stream()
            .filter(whom.open::contains)
            .filter(each -> whom.unproved.contains(each) || unsure.test(each))
            .toList();
  }

  private long leftNs(Target target, Whom whom, Predicate<Target> unsure, long nowNs) {
    Long asked = askedNs.get(target);
    boolean soon = whom.looked || unsure.test(target);
    return asked == null ? 0 : asked + (soon ? rules.soonNs : rules.seldomNs) - nowNs;
  }
}
