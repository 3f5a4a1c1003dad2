package dev.noren.cli;

import dev.noren.status.Lamp;
import dev.noren.status.Signal;
import dev.noren.status.Signal.Form;
import java.util.List;

/** What lamps do, in words. */
final class SignalWords {
  private static final List<String> THREE = List.of("status", "internet", "VPN");

  private SignalWords() {}

  /** A line for each lamp of a box of this form. */
  static String lamps(Signal signal, Form form) {
    StringBuilder text = new StringBuilder();
    List<Lamp> lamps = signal.lamps(form);
    for (int i = 0; i < lamps.size(); i++) {
      String name = lamps.size() == 1 ? "light" : THREE.get(i);
      String words = form == Form.RGB ? lamps.get(i).colouredWords() : lamps.get(i).words();
      text.append("  %-9s %s%n".formatted(name, words));
    }
    return text.toString();
  }
}
