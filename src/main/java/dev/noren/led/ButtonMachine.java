package dev.noren.led;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * What a person does with the one button, out of its bouncing contacts. Pure: it is told how the
 * contacts are and what time it is, at each change and at each time that it asks for.
 */
final class ButtonMachine {
  /** What comes of it. */
  enum Event {
    NONE,

    /** It was pressed and let go within 2 s. */
    PRESSED,

    /** It was held for 2 s, and let go before the lights warned. */
    HELD,

    /** It has been held for 5 s: whoever lets go now has changed nothing. */
    ARMED,

    /** It was let go after that. */
    LET_GO,

    /** It has been held for 10 s. */
    RESET
  }

  static final long NEVER = Long.MAX_VALUE;

  /** Contacts bounce for less. */
  static final long DEBOUNCE_NS = MILLISECONDS.toNanos(30);

  static final long HELD_NS = SECONDS.toNanos(2);
  static final long ARM_NS = SECONDS.toNanos(5);
  static final long RESET_NS = SECONDS.toNanos(10);

  /** However late we are: so long the lights must have warned. */
  static final long WARNED_NS = SECONDS.toNanos(4);

  private boolean raw;
  private long rawNs;
  private boolean pressed;
  private long pressedNs;
  private boolean armed;
  private long armedNs;
  private boolean done;

  /** Whether the lights are to warn. */
  boolean isArmed() {
    return armed && !done;
  }

  /** At a change, and at {@link #nextNs}. */
  Event at(boolean contact, long nowNs) {
    if (contact != raw) {
      raw = contact;
      rawNs = nowNs;
    }
    if (raw != pressed && nowNs - rawNs >= DEBOUNCE_NS) {
      pressed = raw;
      return pressed ? press() : letGo();
    }
    return pressed && raw ? held(nowNs) : Event.NONE;
  }

  private Event press() {
    pressedNs = rawNs;
    armed = false;
    done = false;
    return Event.NONE;
  }

  private Event letGo() {
    boolean wasArmed = armed;
    armed = false;
    if (done) {
      return Event.NONE;
    }
    if (wasArmed) {
      return Event.LET_GO;
    }
    return rawNs - pressedNs >= HELD_NS ? Event.HELD : Event.PRESSED;
  }

  private Event held(long nowNs) {
    if (!armed && nowNs - pressedNs >= ARM_NS) {
      armed = true;
      armedNs = nowNs;
      return Event.ARMED;
    }
    if (armed && !done && nowNs - resetNs() >= 0) {
      done = true;
      return Event.RESET;
    }
    return Event.NONE;
  }

  private long resetNs() {
    return Math.max(pressedNs + RESET_NS, armedNs + WARNED_NS);
  }

  /** When to be asked again, though nothing changes; or {@link #NEVER}. */
  long nextNs() {
    if (raw != pressed) {
      return rawNs + DEBOUNCE_NS;
    }
    if (!pressed || done) {
      return NEVER;
    }
    return armed ? resetNs() : pressedNs + ARM_NS;
  }
}
