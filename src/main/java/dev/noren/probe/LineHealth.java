package dev.noren.probe;

import java.time.Duration;

/**
 * Whether a line leads anywhere, judged by rounds of questions: sick after some in a row without an
 * answer, well after some in a row with one, so that a line that comes and goes does not take the
 * shop with it each time. Pure: who sends the questions tells it what happened and when.
 */
public final class LineHealth {
  /** What {@link #poll} gives where nothing is to be sent. */
  public static final int NOTHING = -1;

  private static final int ROUND_MASK = 0xffff;

  private final Rules rules;
  private boolean sick;
  private boolean open;
  private int round;
  private int against;
  private long dueNs;

  /**
   * By which rules.
   *
   * @param intervalNs from one round to the next, nanoseconds; longer than the timeout
   * @param timeoutNs how long an answer may take, nanoseconds
   * @param failures how many rounds in a row make it sick
   * @param successes how many make it well
   */
  public record Rules(long intervalNs, long timeoutNs, int failures, int successes) {
    /**
     * Sick after 8 to 11 seconds, up to 2 later where traffic was the proof until then; well after
     * 9 to 12.
     */
    public static final Rules USUAL =
        new Rules(Duration.ofSeconds(3).toNanos(), Duration.ofSeconds(2).toNanos(), 3, 4);

    public Rules {
      if (timeoutNs <= 0 || intervalNs <= timeoutNs || failures < 1 || successes < 1) {
        throw new IllegalArgumentException("a round ends before the next begins");
      }
    }
  }

  private long roundNs;

  /**
   * A line that is taken for what it was last known to be; its first round is due now.
   *
   * @param sick whether it was sick
   */
  public LineHealth(Rules rules, boolean sick, long nowNs) {
    this.rules = rules;
    this.sick = sick;
    dueNs = nowNs;
  }

  /**
   * Looks at the clock.
   *
   * @return the number of the round to send questions for, 0 to 65535, or {@link #NOTHING}
   */
  public int poll(long nowNs) {
    if (nowNs - dueNs < 0) {
      return NOTHING;
    }
    if (open) {
      end(false);
      if (nowNs - dueNs < 0) {
        return NOTHING;
      }
    }
    open = true;
    round = (round + 1) & ROUND_MASK;
    roundNs = nowNs;
    dueNs = nowNs + rules.timeoutNs;
    return round;
  }

  /** An answer came to a question of that round; one to an older round counts for nothing. */
  public void answered(int ofRound, long nowNs) {
    if (open && ofRound == round && nowNs - dueNs < 0) {
      end(true);
    }
  }

  private void end(boolean good) {
    open = false;
    dueNs = roundNs + rules.intervalNs;
    against = good == sick ? against + 1 : 0;
    if (against >= (sick ? rules.successes : rules.failures)) {
      sick = !sick;
      against = 0;
    }
  }

  /** When {@link #poll} has something to do. */
  public long dueNs() {
    return dueNs;
  }

  /** Whether it is sick. */
  public boolean sick() {
    return sick;
  }
}
