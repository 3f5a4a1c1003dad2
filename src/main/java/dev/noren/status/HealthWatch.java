package dev.noren.status;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.time.Instant;

/**
 * Which state of health is in force. What gets worse has to be so for some seconds that fit it,
 * what gets better too, so that what comes and goes does not change the lights and fill the log:
 * the more often it has got worse lately, the longer it has to be well. Pure: who looks brings the
 * time.
 */
public final class HealthWatch {
  /**
   * How long it has to be better: a handshake, its first answer and a lease are each there in less,
   * and one packet that comes through a dead line is no recovery.
   */
  static final long BETTER_NS = SECONDS.toNanos(3);

  /** It has to be so for twice as long each time that it got worse again; at most 16 times. */
  static final int MOST_DOUBLED = 4;

  /** So long without anything that is worse than before, and how often it fell is forgotten. */
  static final long CALM_NS = SECONDS.toNanos(300);

  /**
   * What is wrong when the box starts may only not be there yet: ports take some 3 s to find their
   * speed, a lease about as long behind them.
   */
  static final long START_NS = SECONDS.toNanos(10);

  /** The first finding is told soon: the doctor has asked for some seconds before he says it. */
  static final long FOUND_NS = SECONDS.toNanos(2);

  /**
   * Another finding in its place: two of the doctor's rounds, which are 10 s apart, have to say it.
   */
  static final long FOUND_OTHER_NS = SECONDS.toNanos(12);

  private Condition now;
  private int direction;
  private Health sidewaysTo;
  private Finding otherFinding;
  private long directionNs;
  private Health fitted = Health.STARTING;
  private int falls;
  private long worsenedNs;

  /** Begins with {@link Health#STARTING}. */
  public HealthWatch(Instant at) {
    now = new Condition(Health.STARTING, at, null);
  }

  /** What is in force. */
  public Condition now() {
    return now;
  }

  /**
   * Looks once.
   *
   * @param signs what is seen
   * @param at the time of day, which is only told
   * @param nowNs a clock that never jumps
   * @return whether another state, or another finding, is in force now
   */
  public boolean look(HealthSigns signs, Instant at, long nowNs) {
    Health fits = signs.fits();
    Finding finding = signs.finding(fits);
    Health health = now.health();
    if (fits.badness() > fitted.badness()) {
      falls = isCalm(nowNs) ? 0 : falls;
      worsenedNs = nowNs;
    }
    fitted = fits;
    if (fits == health && !signs.why().known() && !health.isWell()) {
      // The doctor has not looked at what is so now; what he said before still goes with it.
      finding = now.finding();
    }
    if (fits == health && Finding.isSame(finding, now.finding())) {
      // The evidence is the newest, and nothing else is new.
      now = new Condition(health, now.since(), finding);
      direction = 0;
      otherFinding = null;
      sidewaysTo = null;
      return false;
    }
    turn(fits, finding, nowNs);
    if (nowNs - directionNs < holdNs(fits, finding, nowNs)) {
      return false;
    }
    if (fits.badness() > health.badness()) {
      falls++;
    }
    now = new Condition(fits, fits == health ? now.since() : at, finding);
    direction = 0;
    otherFinding = null;
    sidewaysTo = null;
    return true;
  }

  /** Whether it gets better, worse or neither, and since when. */
  private void turn(Health fits, Finding finding, long nowNs) {
    int turned = Integer.compare(fits.badness(), now.health().badness());
    boolean same =
        sidewaysTo != null
            && turned == direction
            && (turned != 0 || (fits == sidewaysTo && Finding.isSame(finding, otherFinding)));
    if (!same) {
      direction = turned;
      directionNs = nowNs;
    }
    sidewaysTo = fits;
    otherFinding = finding;
  }

  private long holdNs(Health fits, Finding finding, long nowNs) {
    Health health = now.health();
    if (fits.isFact()) {
      return 0;
    }
    if (health == Health.STARTING) {
      return fits.isWrong() && fits != Health.TRYING ? START_NS : 0;
    }
    if (direction > 0) {
      return SECONDS.toNanos(fits.worseSeconds());
    }
    if (direction < 0) {
      return BETTER_NS << (isCalm(nowNs) ? 0 : Math.clamp(falls - 1, 0, MOST_DOUBLED));
    }
    if (fits != health && now.finding() == null) {
      return SECONDS.toNanos(fits.worseSeconds());
    }
    return now.finding() == null && finding != null ? FOUND_NS : FOUND_OTHER_NS;
  }

  /** Whether nothing that was seen lately was worse than what was seen before. */
  private boolean isCalm(long nowNs) {
    return falls == 0 || nowNs - worsenedNs > CALM_NS;
  }
}
