package dev.noren.street;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The three lamps of a router that draws them into a file, as board/demo/lights has it. */
public final class LightPanel {
  private final Path file;

  /** That of a router's state folder. */
  public LightPanel(Path state) {
    file = state.resolve("lights");
  }

  /**
   * The lamps' colours now, {@code dark} for none: status, internet, VPN; empty before the first.
   */
  public List<String> lamps() {
    List<String> colours = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        colours.add(line.substring(10).strip());
      }
    } catch (IOException | StringIndexOutOfBoundsException e) {
      return List.of();
    }
    return colours.size() == 3 ? colours : List.of();
  }

  /** One line of them, for a terminal. */
  String line(boolean colour) {
    List<String> lamps = lamps();
    if (lamps.isEmpty()) {
      return "";
    }
    return spot(lamps.get(0), colour)
        + " status   "
        + spot(lamps.get(1), colour)
        + " internet   "
        + spot(lamps.get(2), colour)
        + " VPN";
  }

  private static String spot(String lamp, boolean colour) {
    String spot = lamp.equals("dark") ? "○" : "●";
    String code =
        switch (lamp) {
          case "green" -> "32";
          case "amber" -> "33";
          case "red" -> "31";
          case "dark" -> "2";
          default -> "37";
        };
    return colour ? "\033[" + code + "m" + spot + "\033[0m" : spot;
  }
}
