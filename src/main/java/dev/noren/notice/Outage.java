package dev.noren.notice;

import static java.util.concurrent.TimeUnit.MINUTES;

import dev.noren.status.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/** Whether the shop has had no internet, or no tunnel, for so long that somebody has to know. */
final class Outage {
  /** How long it has to be so on end. */
  static final long USUAL_NS = MINUTES.toNanos(5);

  private static final Set<Health> DOWN =
      EnumSet.of(
          Health.DOWN_1,
          Health.DOWN_2,
          Health.DOWN_3,
          Health.DOWN_4,
          Health.DOWN_5,
          Health.DOWN_6,
          Health.NO_INTERNET,
          Health.NO_ADDRESS,
          Health.NO_CABLE,
          Health.FAULT);

  /** In these nothing is known: what was before is taken to go on. */
  private static final Set<Health> UNCLEAR =
      EnumSet.of(Health.STARTING, Health.UPDATING, Health.TRYING);

  /** What is new at a look. */
  enum News {
    NONE,
    DOWN,
    BACK
  }

  private final long patienceNs;
  private final Instant before;
  private Instant since;
  private Long sinceNs;
  private boolean told;
  private Duration lasted = Duration.ZERO;

  /**
   * @param toldSince since when it is down, where that was told before a restart; or null
   */
  Outage(long patienceNs, Instant toldSince) {
    this.patienceNs = patienceNs;
    this.since = toldSince;
    this.told = toldSince != null;
    this.before = toldSince;
  }

  /** Since when it is down, or was when it came back. */
  Instant since() {
    return since;
  }

  /** Looks once. */
  News look(Health health, Instant at, long nowNs) {
    if (UNCLEAR.contains(health)) {
      return News.NONE;
    }
    if (!DOWN.contains(health)) {
      boolean wasTold = told;
      lasted = wasTold ? lasted(at, nowNs) : Duration.ZERO;
      told = false;
      sinceNs = null;
      return wasTold ? News.BACK : News.NONE;
    }
    if (sinceNs == null) {
      sinceNs = nowNs;
      since = told ? since : at;
    }
    if (!told && nowNs - sinceNs > patienceNs) {
      told = true;
      return News.DOWN;
    }
    return News.NONE;
  }

  /** How long it was down, once it is back. */
  Duration lasted() {
    return lasted;
  }

  /** A clock that was set meanwhile does not count, but over a restart there is no other. */
  private Duration lasted(Instant at, long nowNs) {
    if (sinceNs != null && !since.equals(before)) {
      return Duration.ofNanos(nowNs - sinceNs);
    }
    Duration between = Duration.between(since, at);
    return between.isNegative() ? Duration.ZERO : between;
  }
}
