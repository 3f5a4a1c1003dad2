package dev.noren.status;

import java.util.List;

/**
 * What all lamps of a box show together, and what that says.
 *
 * @param key what it is called in the table
 * @param finding the group of findings that it counts, 1 to 6, or 0 for none
 * @param three status, internet and VPN of a box with three lamps
 * @param one the lamp of a box with one
 * @param rgb the lamp of a box with one that can have any colour
 */
public record Signal(String key, int finding, List<Lamp> three, Lamp one, Lamp rgb) {
  /** The lamps that a box has. */
  public enum Form {
    /** Three, each of one colour: status, internet, VPN. */
    THREE,

    /** One of one colour, such as a board's own. */
    ONE,

    /** One with a red, a green and a blue part. */
    RGB
  }

  public Signal {
    three = List.copyOf(three);
  }

  /** The lamps of a box of this form. */
  public List<Lamp> lamps(Form form) {
    return switch (form) {
      case THREE -> three;
      case ONE -> List.of(one);
      case RGB -> List.of(rgb);
    };
  }
}
