package dev.noren.status;

import dev.noren.status.Lamp.Colour;
import dev.noren.status.Signal.Form;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of all signals. With three lamps each can be told from each other without colours. */
public final class Signals {
  private static final int RHYTHM_COLUMNS = 3;
  private static final int SIGNAL_COLUMNS = 8;

  private final Map<String, Rhythm> rhythms = new LinkedHashMap<>();
  private final Map<String, Signal> signals = new LinkedHashMap<>();

  private Signals() {}

  /**
   * Reads a table; the one in force is {@link SignalFile#TABLE}.
   *
   * @throws IllegalArgumentException with a sentence that names the line
   */
  public static Signals parse(String text) {
    Signals table = new Signals();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        table.add(columns(line));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("signals, line " + number + ": " + e.getMessage(), e);
      }
    }
    return table;
  }

  private static List<String> columns(String line) {
    List<String> columns = new ArrayList<>();
    for (String column : line.split("\\|", -1)) {
      columns.add(column.strip());
    }
    return columns;
  }

  private void add(List<String> columns) {
    String kind = columns.getFirst();
    if (kind.equals("rhythm") && columns.size() == RHYTHM_COLUMNS) {
      Rhythm rhythm = Rhythm.parse(columns.get(1), columns.get(2));
      once(rhythms.putIfAbsent(rhythm.name(), rhythm), rhythm.name());
    } else if (kind.equals("signal") && columns.size() == SIGNAL_COLUMNS) {
      Signal signal =
          new Signal(
              columns.get(1),
              finding(columns.get(2)),
              List.of(lamp(columns.get(3)), lamp(columns.get(4)), lamp(columns.get(5))),
              new Lamp(Colour.WHITE, rhythm(columns.get(6))),
              lamp(columns.get(7)));
      once(signals.putIfAbsent(signal.key(), signal), signal.key());
    } else {
      throw new IllegalArgumentException("this is neither a rhythm of 3 columns nor a signal of 8");
    }
  }

  private static void once(Object before, String name) {
    if (before != null) {
      throw new IllegalArgumentException(name + " is there twice");
    }
  }

  private static int finding(String text) {
    if (!text.matches("-|[1-6]")) {
      throw new IllegalArgumentException(text + " is no group of findings: give 1 to 6, or -");
    }
    return text.equals("-") ? 0 : Integer.parseInt(text);
  }

  private Lamp lamp(String text) {
    String[] words = text.split(" +", -1);
    if (words.length != 2 || !words[0].matches("green|amber|red|white")) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no lamp: give green, amber, red or white, and a rhythm");
    }
    return new Lamp(Colour.valueOf(words[0].toUpperCase(Locale.ROOT)), rhythm(words[1]));
  }

  private Rhythm rhythm(String name) {
    Rhythm rhythm = rhythms.get(name);
    if (rhythm == null) {
      throw new IllegalArgumentException(name + " is no rhythm of this table");
    }
    return rhythm;
  }

  /** All of them, in the table's order. */
  public Collection<Signal> all() {
    return List.copyOf(signals.values());
  }

  /** The rhythms, in the table's order. */
  public Collection<Rhythm> rhythms() {
    return List.copyOf(rhythms.values());
  }

  /** The signal of this key, or null. */
  public Signal get(String key) {
    return signals.get(key);
  }

  /** The signal of a state of health. */
  public Signal of(Health health) {
    return signals.get(health.key());
  }

  /**
   * What the lights of a form may mean that look like this signal's, whatever their colours: mostly
   * one, but a box with one lamp says less than one with three.
   */
  public List<Signal> lookingLike(Signal signal, Form form) {
    return signals.values().stream()
        .filter(other -> lookAlike(other.lamps(form), signal.lamps(form)))
        .toList();
  }

  private static boolean lookAlike(List<Lamp> some, List<Lamp> others) {
    for (int i = 0; i < some.size(); i++) {
      if (!some.get(i).rhythm().looksLike(others.get(i).rhythm())) {
        return false;
      }
    }
    return true;
  }
}
