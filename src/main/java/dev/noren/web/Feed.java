package dev.noren.web;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.control.LightDesk.Shown;
import dev.noren.control.Operations;
import dev.noren.control.VisitDesk;
import dev.noren.control.VisitDesk.Visitor;
import dev.noren.status.Echoes;
import dev.noren.status.Finding;
import dev.noren.status.RouterStatus;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The newest look at the router, which all pages share: however many are open, the router is asked
 * once in a while. Any thread may call.
 */
final class Feed {
  /** How old a look may be. */
  private static final long FRESH_NS = MILLISECONDS.toNanos(900);

  private static final long PLACE_FRESH_NS = SECONDS.toNanos(10);

  private final Operations operations;
  private final VisitDesk visits;
  private final LongSupplier nowNs;
  private Look newest;
  private long takenNs;

  /** Held for what anybody may ask, so that the owner does not wait for it. */
  private final Object strangers = new Object();

  private RouterStatus.Page place;
  private long placedNs;
  private Visitor visitor;
  private Long visitedNs;

  Feed(Operations operations, VisitDesk visits, LongSupplier nowNs) {
    this.operations = operations;
    this.visits = visits;
    this.nowNs = nowNs;
  }

  /**
   * The router at one moment.
   *
   * @param lights what its lights show
   * @param echoes how far ends answer
   * @param visitor the technician who looks at the page from elsewhere, or null
   * @param finding why something does not work, or null
   */
  record Look(
      RouterStatus status, Shown lights, List<Echoes> echoes, Visitor visitor, Finding finding) {
    Look {
      echoes = List.copyOf(echoes);
    }

    /** While nobody looks from elsewhere, and nothing is wrong. */
    Look(RouterStatus status, Shown lights, List<Echoes> echoes) {
      this(status, lights, echoes, null, null);
    }
  }

  /**
   * Where the page is: for anybody, so that far ends are not asked for it, and seldom the router.
   */
  RouterStatus.Page place() throws IOException {
    synchronized (strangers) {
      long now = nowNs.getAsLong();
      if (place == null || now - placedNs >= PLACE_FRESH_NS) {
        place = operations.status().page();
        placedNs = now;
      }
      return place;
    }
  }

  /** Who looks at the page from elsewhere, or null: for anybody, too. */
  Visitor visitor() throws IOException {
    synchronized (strangers) {
      long now = nowNs.getAsLong();
      if (visitedNs == null || now - visitedNs >= FRESH_NS) {
        visitor = visits.visit();
        visitedNs = now;
      }
      return visitor;
    }
  }

  /** A look that is fresh. */
  synchronized Look look() throws IOException {
    long now = nowNs.getAsLong();
    if (newest == null || now - takenNs >= FRESH_NS) {
      RouterStatus status = operations.status();
      if (!status.condition().health().isWell()) {
        // Who looks wants to know why: the doctor asks again, and the condition follows him.
        operations.diagnose();
      }
      newest =
          new Look(
              status,
              operations.lights(),
              operations.echoes(),
              visits.visit(),
              status.condition().finding());
      takenNs = now;
    }
    return newest;
  }
}
