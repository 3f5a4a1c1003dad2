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
  static final long LASTS_NS = 120_000_000_000L;

  private static final long LOST = -1;

  private final Deque<Result> results = new ArrayDeque<>();

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
        trips.length == 0 ? null : (Long) (trips[trips.length / 2] / 1_000));
  }
}
