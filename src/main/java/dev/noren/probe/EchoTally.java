package dev.noren.probe;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How a host has answered lately: its last echoes, those of the last minutes. The middle of the
 * times is told and not their mean, since the first echo after a while waits for a handshake. Pure:
 * who sends the echoes tells it what came of each and when. Any thread may call.
 */
final class EchoTally {
  /** So many echoes count. */
  static final int MOST = 20;

  /** What is older than this counts no more, nanoseconds. */
  static final long LASTS_NS = 300_000_000_000L;

  /** So many in a row are lost by no coincidence, even where every fifth packet is. */
  static final int SILENT = 4;

  /** What is no older than this is of now, nanoseconds. */
  static final long LATELY_NS = 30_000_000_000L;

  /** So few are no middle. */
  static final int FEW = 3;

  private static final long LOST = -1;

  private final Deque<Result> results = new ArrayDeque<>();
  private boolean everAnswered;
  private int lostInARow;

  /** What came of one. */
  private record Result(long atNs, long tripNs) {}

  /** An echo was answered after so long. */
  void answered(long tripNs, long nowNs) {
    add(new Result(nowNs, Math.max(0, tripNs)));
  }

  /** An echo was not answered in time. */
  void lost(long nowNs) {
    add(new Result(nowNs, LOST));
  }

  private synchronized void add(Result result) {
    boolean lost = result.tripNs == LOST;
    everAnswered |= !lost;
    lostInARow = lost ? lostInARow + 1 : 0;
    results.add(result);
    if (results.size() > MOST) {
      results.remove();
    }
  }

  /** How it stands. */
  synchronized Answering now(long nowNs) {
    results.removeIf(each -> nowNs - each.atNs() > LASTS_NS);
    long[] trips =
        results.stream().mapToLong(Result::tripNs).filter(each -> each != LOST).sorted().toArray();
    return new Answering(
        results.size(),
        results.size() - trips.length,
        trips.length == 0 ? null : (Long) (trips[trips.length / 2] / 1_000),
        everAnswered && lostInARow >= SILENT);
  }

  /** How long an answer takes now, the middle of the last ones, microseconds; or null. */
  synchronized Long lately(long nowNs) {
    long[] trips =
        results.stream()
            .filter(each -> nowNs - each.atNs() <= LATELY_NS && each.tripNs() != LOST)
            .mapToLong(Result::tripNs)
            .sorted()
            .toArray();
    return trips.length < FEW ? null : (Long) (trips[trips.length / 2] / 1_000);
  }

  /**
   * Whether it is worth asking often: it answers, and not always, so that a few more tell how many
   * are lost; or whether it still does. One that never answered is not.
   */
  synchronized boolean isUnsure(long nowNs) {
    results.removeIf(each -> nowNs - each.atNs() > LASTS_NS);
    return everAnswered
        && lostInARow < MOST
        && results.stream().anyMatch(each -> each.tripNs == LOST);
  }
}
