package dev.noren.web;

import dev.noren.control.SignalText;
import dev.noren.status.Lamp;
import dev.noren.status.Rhythm;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A lamp of the box, as a panel of the curtain shows it.
 *
 * @param name which lamp: status, internet or vpn
 * @param title what people call it
 * @param colour green, amber, red or white
 * @param on whether it is lit where it does not blink
 * @param steps on and off by turns, milliseconds, beginning with on; none where it does not blink
 * @param words how it blinks, in words
 */
record PanelView(
    String name, Sentence title, String colour, boolean on, List<Integer> steps, Sentence words) {
  PanelView {
    steps = List.copyOf(steps);
  }

  static PanelView of(String name, Sentence title, Lamp lamp) {
    return new PanelView(
        name,
        title,
        lamp.colour().name().toLowerCase(Locale.ROOT),
        lamp.rhythm().isOn(0),
        steps(lamp.rhythm()),
        SignalText.does(lamp));
  }

  private static List<Integer> steps(Rhythm rhythm) {
    List<Integer> steps = new ArrayList<>();
    for (long at = 0; at < rhythm.periodMs(); at = rhythm.nextEdgeMs(at)) {
      steps.add((int) (rhythm.nextEdgeMs(at) - at));
    }
    return steps;
  }
}
