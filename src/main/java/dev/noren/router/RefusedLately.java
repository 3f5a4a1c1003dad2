package dev.noren.router;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.doctor.Refusal;
import dev.noren.plan.FirewallCounter;
import dev.noren.status.RouterStatus.Rule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What rules of the document have kept back in the last minute. For one thread. */
final class RefusedLately {
  private static final long LATELY_NS = SECONDS.toNanos(60);

  /** Closer together they would only take room, nanoseconds. */
  private static final long STEP_NS = SECONDS.toNanos(2);

  private final Deque<Counted> counted = new ArrayDeque<>();

  /** The counters at one time. */
  private record Counted(long atNs, Map<String, Long> packets) {}

  /**
   * Looks at the counters.
   *
   * @return what has grown since the oldest look of the last minute
   */
  List<Refusal> look(List<Rule> rules, long nowNs) {
    while (counted.size() > 1 && nowNs - counted.getFirst().atNs() > LATELY_NS) {
      counted.removeFirst();
    }
    List<Refusal> refusals = new ArrayList<>();
    Map<String, Long> now = new HashMap<>();
    for (Rule rule : rules) {
      if (FirewallCounter.isOfDocument(rule.name())) {
        now.put(rule.name(), rule.packets());
        long before =
            counted.isEmpty()
                ? rule.packets()
                : counted.getFirst().packets().getOrDefault(rule.name(), 0L);
        // A counter that went back began anew.
        long more = rule.packets() >= before ? rule.packets() - before : rule.packets();
        if (more > 0) {
          refusals.add(new Refusal(rule.sentence(), more));
        }
      }
    }
    if (counted.isEmpty() || nowNs - counted.getLast().atNs() >= STEP_NS) {
      counted.add(new Counted(nowNs, now));
    }
    return refusals;
  }
}
