package dev.noren.led;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.noren.status.Lamp;
import dev.noren.status.Lamp.Colour;
import dev.noren.status.Rhythm;
import dev.noren.status.Signal;
import dev.noren.status.Signal.Form;
import java.io.IOException;
import java.util.List;
import org.tinylog.Logger;

/**
 * Draws the signal that is due: at each turn it lights what has to be lit, and says when something
 * changes next. One thread's, which makes no garbage while nothing but the rhythm changes.
 */
final class LightLoop {
  static final long NEVER = Long.MAX_VALUE;

  private final LightState state;
  private final Form form;
  private final Led[] leds;
  private final Colour[] drawn;
  private final boolean[] known;
  private Signal shown;
  private Lamp[] lamps = {};
  private long sinceNs;

  /**
   * @param form which lamps there are
   * @param leds them in the form's order; null for one that can't be had
   */
  LightLoop(LightState state, Form form, List<Led> leds) {
    this.state = state;
    this.form = form;
    this.leds = leds.toArray(Led[]::new);
    this.drawn = new Colour[this.leds.length];
    this.known = new boolean[this.leds.length];
  }

  /**
   * Draws what is due.
   *
   * @param night whether the lights may rest
   * @return when to be called again at the latest, or {@link #NEVER}
   */
  @SuppressWarnings("ReferenceEquality") // each is there once, in the table
  long turn(long nowNs, boolean night) {
    Signal due = state.at(nowNs, night);
    if (due != shown) {
      shown = due;
      sinceNs = nowNs;
      lamps = due.lamps(form).toArray(Lamp[]::new);
    }
    long ms = NANOSECONDS.toMillis(nowNs - sinceNs);
    long nextMs = Rhythm.NEVER;
    for (int i = 0; i < leds.length; i++) {
      if (leds[i] != null) {
        Rhythm rhythm = lamps[i].rhythm();
        draw(i, rhythm.isOn(ms) ? lamps[i].colour() : null);
        nextMs = Math.min(nextMs, rhythm.nextEdgeMs(ms));
      }
    }
    long edgeNs = nextMs == Rhythm.NEVER ? NEVER : sinceNs + MILLISECONDS.toNanos(nextMs);
    return Math.min(edgeNs, state.nextNs(nowNs));
  }

  private void draw(int i, Colour colour) {
    if (known[i] && colour == drawn[i]) {
      return;
    }
    try {
      leds[i].light(colour);
      drawn[i] = colour;
      known[i] = true;
    } catch (IOException | RuntimeException e) {
      Logger.warn("A light is given up, and the router runs on: {}.", e.getMessage());
      leds[i].close();
      leds[i] = null;
    }
  }

  /** What is shown; null before the first turn. */
  Signal shown() {
    return shown;
  }

  /** Draws a signal that does not blink, and leaves it: what is written last stays. */
  void leave(Signal still) {
    List<Lamp> last = still.lamps(form);
    for (int i = 0; i < leds.length; i++) {
      if (leds[i] != null) {
        draw(i, last.get(i).rhythm().isOn(0) ? last.get(i).colour() : null);
      }
    }
  }

  /** Makes all of them dark and gives them back. */
  void close() {
    for (Led led : leds) {
      if (led != null) {
        led.close();
      }
    }
  }
}
