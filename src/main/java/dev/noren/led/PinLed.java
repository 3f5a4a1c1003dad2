package dev.noren.led;

import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalOutput;
import dev.noren.status.Lamp.Colour;
import java.io.IOException;
import org.tinylog.Logger;

/** A lamp at a GPIO line, or one part of a lamp of three colours. */
final class PinLed implements Led {
  private final DigitalOutput output;

  PinLed(DigitalOutput output) {
    this.output = output;
  }

  @Override
  public void light(Colour colour) throws IOException {
    try {
      if (colour == null) {
        output.off();
      } else {
        output.on();
      }
    } catch (Pi4JException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      output.off();
    } catch (Pi4JException e) {
      // It is dark, or there is nothing to be done about it any more.
      Logger.debug("{} stays as it is: {}", output.id(), e.getMessage());
    }
  }
}
