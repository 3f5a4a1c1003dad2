package dev.noren.cli;

import dev.noren.control.SignalText;
import dev.noren.status.Lamp;
import dev.noren.status.Signal;
import dev.noren.status.Signal.Form;
import dev.noren.text.Language;
import dev.noren.text.Sentence;
import java.util.List;

/** Signals on a terminal: a line for what it says, and one for each lamp. */
final class SignalWords {
  private static final int ENGLISH_COLUMNS = 10;
  private static final int JAPANESE_COLUMNS = 16;

  /** From here on a letter takes two columns of a terminal. */
  private static final int WIDE = 0x1100;

  private final Language language;

  /** In a language. */
  SignalWords(Language language) {
    this.language = language;
  }

  /** What a signal says, after its key. */
  String head(Signal signal) {
    return signal.key() + ": " + SignalText.says(signal).in(language) + "\n";
  }

  /** A line for each lamp of a box of this form. */
  String lamps(Signal signal, Form form) {
    StringBuilder text = new StringBuilder();
    List<Lamp> lamps = signal.lamps(form);
    List<Sentence> names = SignalText.names(form);
    for (int i = 0; i < lamps.size(); i++) {
      Lamp lamp = lamps.get(i);
      text.append(
          line(
              names.get(i),
              form == Form.RGB ? SignalText.doesInColour(lamp) : SignalText.does(lamp)));
    }
    return text.toString();
  }

  /** What the only lamp of a box does. */
  String only(Signal signal) {
    return line(Sentence.of("lamp.only"), SignalText.does(signal.one()));
  }

  private String line(Sentence name, Sentence does) {
    String label = name.in(language);
    int columns = language == Language.JAPANESE ? JAPANESE_COLUMNS : ENGLISH_COLUMNS;
    int taken = label.chars().map(c -> c >= WIDE ? 2 : 1).sum();
    return "  " + label + " ".repeat(Math.max(1, columns - taken)) + does.in(language) + "\n";
  }
}
