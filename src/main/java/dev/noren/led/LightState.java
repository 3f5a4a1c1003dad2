package dev.noren.led;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.status.Health;
import dev.noren.status.Signal;
import dev.noren.status.SignalFile;
import dev.noren.status.Signals;
import java.util.List;

/**
 * Which signal is due: what a person does with the box comes before what was asked for from
 * elsewhere, and that before how the box fares. Any thread writes; the loop that draws reads, with
 * the time.
 */
final class LightState {
  static final long NEVER = Long.MAX_VALUE;

  /** How long the lights are awake at night after a press. */
  static final long AWAKE_NS = SECONDS.toNanos(60);

  /** How long each signal is shown in a test. */
  static final long TEST_STEP_NS = SECONDS.toNanos(4);

  private static final Signals TABLE = SignalFile.TABLE;

  /** What is left where the program has ended by a fault and nobody is there to blink. */
  static final Signal ENDED = TABLE.get("ended");

  private static final List<Signal> TEST = List.copyOf(TABLE.all());
  private static final Signal ARMED = TABLE.get("armed");
  private static final Signal IDENTIFY = TABLE.get("identify");
  private static final Signal NIGHT = TABLE.get("night");
  private static final Signal UPDATING = TABLE.of(Health.UPDATING);

  private volatile Signal health = TABLE.of(Health.STARTING);
  private volatile boolean armed;
  private volatile boolean updating;
  private volatile long writingUntilNs = Long.MIN_VALUE;
  private volatile long identifyUntilNs = Long.MIN_VALUE;
  private volatile long awakeUntilNs = Long.MIN_VALUE;
  private volatile long testFromNs = Long.MIN_VALUE;

  /** How the router fares; returns whether that is new. */
  @SuppressWarnings("ReferenceEquality") // each is there once, in the table
  boolean health(Health now) {
    Signal before = health;
    health = TABLE.of(now);
    return before != health;
  }

  /** Whether the button is held so long that the lights are to warn. */
  void armed(boolean now) {
    armed = now;
  }

  /** From now on the box is being written to. */
  void updating() {
    updating = true;
  }

  /** The box's card is being written to until then, and is not to be taken out. */
  void writingUntil(long untilNs) {
    writingUntilNs = untilNs;
  }

  /** The box is to be told from others until then; a time that is past ends it. */
  void identifyUntil(long untilNs) {
    identifyUntilNs = untilNs;
  }

  /** Somebody is there. */
  void wake(long nowNs) {
    awakeUntilNs = nowNs + AWAKE_NS;
  }

  /** All signals are to be shown, one after the other. */
  void test(long nowNs) {
    testFromNs = nowNs;
  }

  /**
   * The signal that is due.
   *
   * @param night whether the lights may rest
   */
  Signal at(long nowNs, boolean night) {
    if (armed) {
      return ARMED;
    }
    if (updating || isBefore(nowNs, writingUntilNs)) {
      return UPDATING;
    }
    Signal tested = tested(nowNs);
    if (tested != null) {
      return tested;
    }
    if (isBefore(nowNs, identifyUntilNs)) {
      return IDENTIFY;
    }
    return night && !isBefore(nowNs, awakeUntilNs) ? NIGHT : health;
  }

  private Signal tested(long nowNs) {
    long fromNs = testFromNs;
    if (fromNs == Long.MIN_VALUE) {
      return null;
    }
    long step = (nowNs - fromNs) / TEST_STEP_NS;
    return step < 0 || step >= TEST.size() ? null : TEST.get((int) step);
  }

  /** When another signal may be due though nothing is told, or {@link #NEVER}. */
  long nextNs(long nowNs) {
    long next = NEVER;
    long fromNs = testFromNs;
    if (tested(nowNs) != null) {
      next = fromNs + ((nowNs - fromNs) / TEST_STEP_NS + 1) * TEST_STEP_NS;
    }
    next = isBefore(nowNs, writingUntilNs) ? Math.min(next, writingUntilNs) : next;
    next = isBefore(nowNs, identifyUntilNs) ? Math.min(next, identifyUntilNs) : next;
    return isBefore(nowNs, awakeUntilNs) ? Math.min(next, awakeUntilNs) : next;
  }

  private static boolean isBefore(long nowNs, long untilNs) {
    return untilNs != Long.MIN_VALUE && nowNs < untilNs;
  }
}
