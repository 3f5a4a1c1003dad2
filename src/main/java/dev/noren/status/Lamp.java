package dev.noren.status;

/**
 * What one lamp of a box shows.
 *
 * @param colour in which colour, where the lamp can have several
 * @param rhythm when it is lit
 */
public record Lamp(Colour colour, Rhythm rhythm) {
  /** The colours. There is no blue, since on a Japanese telephone that is the word for green. */
  public enum Colour {
    GREEN(false, true),
    AMBER(true, true),
    RED(true, false),
    WHITE(true, true);

    private final boolean red;
    private final boolean green;

    Colour(boolean red, boolean green) {
      this.red = red;
      this.green = green;
    }

    /** Whether the red part of a lamp of three colours is lit. */
    public boolean red() {
      return red;
    }

    /** Whether the green part is lit. */
    public boolean green() {
      return green;
    }

    /** Whether the blue part is lit, which it never is alone. */
    public boolean blue() {
      return this == WHITE;
    }
  }

  /** Whether it is never lit, so that its colour says nothing. */
  public boolean isDark() {
    return rhythm.periodMs() == 0 && !rhythm.isOn(0);
  }
}
