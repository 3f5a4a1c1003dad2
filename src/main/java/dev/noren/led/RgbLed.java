package dev.noren.led;

import dev.noren.status.Lamp.Colour;
import java.io.IOException;

/** A lamp of three colours: three lamps in one place. */
final class RgbLed implements Led {
  private final Led red;
  private final Led green;
  private final Led blue;

  RgbLed(Led red, Led green, Led blue) {
    this.red = red;
    this.green = green;
    this.blue = blue;
  }

  @Override
  public void light(Colour colour) throws IOException {
    red.light(colour != null && colour.red() ? colour : null);
    green.light(colour != null && colour.green() ? colour : null);
    blue.light(colour != null && colour.blue() ? colour : null);
  }

  @Override
  public void close() {
    red.close();
    green.close();
    blue.close();
  }
}
