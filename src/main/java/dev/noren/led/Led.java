package dev.noren.led;

import dev.noren.status.Lamp.Colour;
import java.io.IOException;

/** One lamp of the box. For one thread. */
interface Led extends AutoCloseable {
  /**
   * Lights it, in a colour where it can have several, or makes it dark.
   *
   * @param colour the colour, or null for dark
   * @throws IOException with a sentence
   */
  void light(Colour colour) throws IOException;

  /** Makes it dark and gives it back. */
  @Override
  void close();
}
