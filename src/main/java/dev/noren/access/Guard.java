package dev.noren.access;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Decides who is let in: by a code that is right and was never used, by few enough attempts. A
 * refusal is the same whoever it is for. Any thread may call.
 */
public final class Guard {
  /** Somebody's in whose place one is tried who has none, so that the answer takes as long. */
  private static final TotpSecret NOBODYS = TotpSecret.of(new byte[20]);

  private final Attempts attempts = new Attempts();
  private final UsedSteps used;

  /** A guard that knows which codes were used. */
  public Guard(UsedSteps used) {
    this.used = used;
  }

  /** What comes of an attempt. */
  public enum Outcome {
    /** It is the person. */
    LET_IN,

    /** It is not, or it is not known to be. */
    REFUSED,

    /** There were too many attempts: this one was not looked at. */
    TOO_MANY
  }

  /**
   * A decision.
   *
   * @param waitSeconds how long nothing is looked at from now on, seconds; 0 for not at all
   */
  public record Decision(Outcome outcome, long waitSeconds) {}

  /**
   * Looks at an attempt.
   *
   * @param source where it comes from
   * @param owner the person whom what is there belongs to, or null
   * @param secret that person's secret, or null where there is none
   * @param person the person that is given
   * @param code the code that is given
   * @param now the time of day
   * @param nowNs a clock that never jumps, nanoseconds
   * @throws IOException where it can't be kept that the code was used, so that nobody is let in
   */
  public synchronized Decision attempt(
      String source,
      String owner,
      TotpSecret secret,
      String person,
      String code,
      Instant now,
      long nowNs)
      throws IOException {
    // Only who has a person's device can use up that person's attempts.
    String place = "from " + source;
    String who = owner == null ? place : "of " + owner;
    long waitNs = waitNs(place, who, nowNs);
    if (waitNs > 0) {
      return new Decision(Outcome.TOO_MANY, seconds(waitNs));
    }
    boolean known = owner != null && secret != null && owner.equals(person);
    long last = known ? used.last(owner) : Totp.NONE;
    long step = Totp.match(known ? secret : NOBODYS, code, now, last);
    if (!known || step == Totp.NONE) {
      attempts.failed(place, nowNs);
      if (owner != null) {
        attempts.failed(who, nowNs);
      }
      return new Decision(Outcome.REFUSED, seconds(waitNs(place, who, nowNs)));
    }
    used.use(owner, step);
    attempts.succeeded(place);
    attempts.succeeded(who);
    return new Decision(Outcome.LET_IN, 0);
  }

  private long waitNs(String place, String who, long nowNs) {
    return Math.max(attempts.waitNs(place, nowNs), attempts.waitNs(who, nowNs));
  }

  private static long seconds(long ns) {
    return Math.ceilDiv(ns, TimeUnit.SECONDS.toNanos(1));
  }
}
