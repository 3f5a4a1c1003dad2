package dev.noren.web;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.noren.control.LightDesk.Shown;
import dev.noren.control.Operations;
import dev.noren.status.Echoes;
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

  private final Operations operations;
  private final LongSupplier nowNs;
  private Look newest;
  private long takenNs;

  Feed(Operations operations, LongSupplier nowNs) {
    this.operations = operations;
    this.nowNs = nowNs;
  }

  /** The router at one moment, what its lights show, and how far ends answer. */
  record Look(RouterStatus status, Shown lights, List<Echoes> echoes) {
    Look {
      echoes = List.copyOf(echoes);
    }
  }

  /** A look that is fresh. */
  synchronized Look look() throws IOException {
    long now = nowNs.getAsLong();
    if (newest == null || now - takenNs >= FRESH_NS) {
      newest = new Look(operations.status(), operations.lights(), operations.echoes());
      takenNs = now;
    }
    return newest;
  }
}
