package dev.noren.router;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.net.Endpoint;
import java.util.List;

/**
 * Looks for a far end that may be at several places: while no handshake is answered, each of them
 * is tried in turn. One of the families may be dead, or the far end may have moved to where a name
 * says and its packets never did. For one peer, and for one thread.
 */
final class FarEndSearch {
  /** After so long without an answer the search begins, nanoseconds: three handshakes in vain. */
  static final long PATIENCE_NS = SECONDS.toNanos(15);

  /** How long each address is tried then, nanoseconds: long enough for two handshakes. */
  static final long TURN_NS = SECONDS.toNanos(10);

  private boolean searching;
  private long sinceNs;

  /**
   * Looks at how it goes.
   *
   * @param inUse where its packets are sent to, or null
   * @param known where it may be, in the order of preference
   * @param unansweredNs for how long handshakes have been begun in vain, nanoseconds
   * @param nowNs a clock that never jumps
   * @return where to send them from now on, or null to stay
   */
  Endpoint look(Endpoint inUse, List<Endpoint> known, long unansweredNs, long nowNs) {
    if (unansweredNs < PATIENCE_NS || known.isEmpty()) {
      searching = false;
      return null;
    }
    if (searching && nowNs - sinceNs < TURN_NS) {
      return null;
    }
    searching = true;
    sinceNs = nowNs;
    int at = inUse == null ? -1 : known.indexOf(inUse);
    Endpoint next = known.get((at + 1) % known.size());
    return next.equals(inUse) ? null : next;
  }
}
