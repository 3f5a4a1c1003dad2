package dev.noren.control;

import dev.noren.status.Lamp;
import dev.noren.status.Signal;
import dev.noren.status.Signal.Form;
import dev.noren.text.Sentence;
import java.util.List;
import java.util.Locale;

/** What lights do and say, in words of each language: for the command line and the page. */
public final class SignalText {
  private static final List<Sentence> THREE =
      List.of(Sentence.of("lamp.status"), Sentence.of("lamp.internet"), Sentence.of("lamp.vpn"));

  private SignalText() {}

  /** What a signal says, in one or more whole sentences. */
  public static Sentence says(Signal signal) {
    String key = "signal." + signal.key();
    return Sentence.of(key);
  }

  /** What a lamp does, as it is said on the telephone; its colour is another thing. */
  public static Sentence does(Lamp lamp) {
    String key = "rhythm." + lamp.rhythm().name();
    return Sentence.of(key);
  }

  /** The same with the colour, where there is light. */
  public static Sentence doesInColour(Lamp lamp) {
    String colour = "colour." + lamp.colour().name().toLowerCase(Locale.ROOT);
    return lamp.isDark()
        ? does(lamp)
        : Sentence.of("lamp.coloured", Sentence.of(colour), does(lamp));
  }

  /** What the lamps of a box of this form are called, in their order. */
  public static List<Sentence> names(Form form) {
    return form == Form.THREE ? THREE : List.of(Sentence.of("lamp.light"));
  }
}
