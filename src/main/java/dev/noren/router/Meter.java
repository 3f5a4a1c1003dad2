package dev.noren.router;

import dev.noren.status.Rates;
import dev.noren.status.RouterStatus;
import dev.noren.status.TrafficSample;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Remembers what was carried some seconds ago, whether anybody asked then or not, so that rates are
 * those of now and not those since the last question. For the router's thread.
 */
final class Meter {
  /** How often it looks by itself. */
  static final long EVERY_MS = 5_000;

  /** Over less than this, a rate would jump. */
  static final long LEAST_MS = 900;

  private final LongFunction<TrafficSample> look;
  private final Consumer<TrafficSample> kept;
  private TrafficSample newest;
  private TrafficSample older;

  /**
   * Of nothing yet.
   *
   * @param look what has been carried, at this many milliseconds of uptime
   * @param kept is given each sample that is kept, the oldest first
   */
  Meter(LongFunction<TrafficSample> look, Consumer<TrafficSample> kept) {
    this.look = look;
    this.kept = kept;
  }

  /** Looks, if it is time to. */
  void look(long uptimeMs) {
    if (newest == null || uptimeMs - newest.uptimeMs() >= EVERY_MS) {
      keep(look.apply(uptimeMs));
    }
  }

  /** The snapshot with its rates filled in. */
  RouterStatus filled(RouterStatus status) {
    boolean isFresh = newest != null && status.uptimeMs() - newest.uptimeMs() < LEAST_MS;
    TrafficSample before = isFresh ? older : newest;
    if (!isFresh) {
      keep(TrafficSample.of(status));
    }
    return before == null ? status : Rates.between(before, status);
  }

  private void keep(TrafficSample sample) {
    older = newest;
    newest = sample;
    kept.accept(sample);
  }
}
