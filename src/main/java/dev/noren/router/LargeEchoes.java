package dev.noren.router;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.router.Questions.Inner;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Behind which tunnels small echoes are answered and those as large as the tunnel carries are not.
 * One may be lost by itself, so it takes some in a row. What has come through is asked less often,
 * as large echoes take a line's room. For one thread.
 */
final class LargeEchoes {
  /** So many in a row are no coincidence, even where every fifth packet is lost. */
  static final int IN_A_ROW = 3;

  /** Each takes some memory in a round, so those that waited longest have their turn. */
  static final int MOST_IN_A_ROUND = 8;

  /** How long it holds that large ones come through. */
  static final long WELL_NS = SECONDS.toNanos(30);

  private final Map<Inner, Tally> tallies = new HashMap<>();

  /** What is known of one host: when it was last asked, and how many large ones were lost. */
  private record Tally(long askedNs, int lost, boolean well) {}

  /** Who is to be asked in this round, with a small and a large echo each. */
  List<Inner> due(Collection<Inner> hosts, long nowNs) {
    tallies.keySet().retainAll(hosts);
    return hosts.stream()
        .filter(host -> isDue(tallies.get(host), nowNs))
        .sorted(Comparator.comparingLong(host -> -waitedNs(tallies.get(host), nowNs)))
        .limit(MOST_IN_A_ROUND)
        .toList();
  }

  private static boolean isDue(Tally tally, long nowNs) {
    return tally == null || !tally.well() || waitedNs(tally, nowNs) >= WELL_NS;
  }

  private static long waitedNs(Tally tally, long nowNs) {
    return tally == null ? Long.MAX_VALUE : nowNs - tally.askedNs();
  }

  /** After a round: without an answer to the small one, the large one tells nothing. */
  void asked(Inner host, boolean smallAnswered, boolean largeAnswered, long nowNs) {
    Tally before = tallies.get(host);
    int lost = before == null ? 0 : before.lost();
    int now = largeAnswered ? 0 : smallAnswered ? lost + 1 : lost;
    tallies.put(host, new Tally(nowNs, now, largeAnswered));
  }

  /** Whether a large one was lost and it is not clear yet whether that was a coincidence. */
  boolean isUnsure() {
    return tallies.values().stream().anyMatch(each -> each.lost() > 0 && each.lost() < IN_A_ROW);
  }

  /** Those behind which large ones are lost. */
  Set<Inner> lost() {
    Set<Inner> lost = new HashSet<>();
    tallies.forEach(
        (host, tally) -> {
          if (tally.lost() >= IN_A_ROW) {
            lost.add(host);
          }
        });
    return lost;
  }
}
