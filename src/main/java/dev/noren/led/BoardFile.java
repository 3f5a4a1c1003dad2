package dev.noren.led;

import dev.noren.led.Board.Button;
import dev.noren.led.Board.Driver;
import dev.noren.led.Board.Lamp;
import dev.noren.linux.GpioLineRequest.Pull;
import dev.noren.status.Signal.Form;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a board's file: words with blanks between, one thing a line, and {@code #} begins a remark.
 * board/README.md says what there can be.
 */
public final class BoardFile {
  private static final int MOST_BYTES = 65_536;
  private static final int MOST_NUMBER = 65_535;

  private final String name;
  private final Map<String, Driver> lamps = new LinkedHashMap<>();
  private Form form;
  private Button button;
  private Path watchdog;
  private int line;

  private BoardFile(String name) {
    this.name = name;
  }

  /**
   * Reads one.
   *
   * @throws IOException with a sentence that names the file and the line
   */
  public static Board read(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(
          file + " is no board's file: it has more than " + MOST_BYTES + " bytes");
    }
    return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
  }

  /** The same of a text. */
  static Board parse(String name, String text) throws IOException {
    return new BoardFile(name).board(text);
  }

  private Board board(String text) throws IOException {
    for (String each : text.lines().toList()) {
      line++;
      String bare = each.replaceFirst("#.*", "").strip();
      if (!bare.isEmpty()) {
        take(List.of(bare.split("\\s+", -1)));
      }
    }
    line = 0;
    return new Board(form, lamps(), button, watchdog);
  }

  private List<Lamp> lamps() throws IOException {
    List<String> wanted = form == null ? List.of() : namesOf(form);
    if (!List.copyOf(lamps.keySet()).equals(wanted)) {
      throw wrong(
          "its lamps are "
              + (lamps.isEmpty() ? "none" : String.join(", ", lamps.keySet()))
              + ", and its form asks for "
              + (wanted.isEmpty() ? "none" : String.join(", ", wanted))
              + " in this order");
    }
    List<Lamp> list = new ArrayList<>();
    lamps.forEach((lamp, driver) -> list.add(new Lamp(lamp, driver)));
    return list;
  }

  private static List<String> namesOf(Form form) {
    return switch (form) {
      case THREE -> List.of("status", "internet", "vpn");
      case ONE -> List.of("status");
      case RGB -> List.of("red", "green", "blue");
    };
  }

  private void take(List<String> words) throws IOException {
    switch (words.getFirst()) {
      case "form" -> {
        once(form, "form");
        form =
            switch (only(words, "three, one or rgb")) {
              case "three" -> Form.THREE;
              case "one" -> Form.ONE;
              case "rgb" -> Form.RGB;
              default -> throw wrong("form is three, one or rgb");
            };
      }
      case "lamp" -> {
        if (words.size() < 3) {
          throw wrong("lamp takes a name, class, gpio or panel, and where");
        }
        once(lamps.get(words.get(1)), "lamp " + words.get(1));
        lamps.put(words.get(1), driver(words.get(2), words.subList(3, words.size())));
      }
      case "button" -> {
        once(button, "button");
        button = button(words);
      }
      case "watchdog" -> {
        once(watchdog, "watchdog");
        watchdog = Path.of(only(words, "a device, as in /dev/watchdog"));
      }
      default -> throw wrong(words.getFirst() + " is none of form, lamp, button and watchdog");
    }
  }

  private Driver driver(String kind, List<String> words) throws IOException {
    return switch (kind) {
      case "class" -> {
        if (words.size() != 1 || !words.getFirst().matches("[A-Za-z0-9][A-Za-z0-9:_.-]*")) {
          throw wrong("class takes the LED's name in /sys/class/leds");
        }
        yield new Driver.KernelClass(words.getFirst());
      }
      case "gpio" -> {
        List<String> rest = new ArrayList<>(words);
        boolean activeLow = rest.remove("active-low");
        if (rest.size() != 2) {
          throw wrong("gpio takes a chip's label, a line, and active-low where that is so");
        }
        yield new Driver.Gpio(rest.getFirst(), number(rest.get(1)), activeLow);
      }
      case "panel" -> {
        if (words.size() != 1) {
          throw wrong("panel takes a file");
        }
        yield new Driver.PanelFile(Path.of(words.getFirst()));
      }
      default -> throw wrong(kind + " is none of class, gpio and panel");
    };
  }

  private Button button(List<String> words) throws IOException {
    List<String> rest = new ArrayList<>(words.subList(1, words.size()));
    String kind = rest.isEmpty() ? "" : rest.removeFirst();
    if (kind.equals("gpio")) {
      boolean activeLow = rest.remove("active-low");
      Pull pull = Pull.NONE;
      if (rest.remove("pull-up")) {
        pull = Pull.UP;
      } else if (rest.remove("pull-down")) {
        pull = Pull.DOWN;
      }
      if (rest.size() == 2) {
        return new Button.Gpio(rest.getFirst(), number(rest.get(1)), activeLow, pull);
      }
    } else if (kind.equals("key") && rest.size() >= 2) {
      int code = number(rest.removeFirst());
      return new Button.Key(code, String.join(" ", rest));
    }
    throw wrong(
        "button takes gpio, a chip's label and a line, with active-low, pull-up or pull-down; or"
            + " key, its number and the input device's name");
  }

  private String only(List<String> words, String what) throws IOException {
    if (words.size() != 2) {
      throw wrong(words.getFirst() + " takes " + what);
    }
    return words.get(1);
  }

  private int number(String text) throws IOException {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > MOST_NUMBER) {
      throw wrong(text + " is no number of 0 to " + MOST_NUMBER);
    }
    return Integer.parseInt(text);
  }

  private void once(Object before, String what) throws IOException {
    if (before != null) {
      throw wrong(what + " is there twice");
    }
  }

  private IOException wrong(String why) {
    return new IOException(name + (line > 0 ? ", line " + line : "") + ": " + why);
  }
}
