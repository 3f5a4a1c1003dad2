package dev.noren.led;

import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputProviderBase;

/** Pi4J's outputs over the kernel's GPIO lines. */
final class GpioOutputProvider extends DigitalOutputProviderBase {
  static final String ID = "noren-gpio-output";

  private final GpioChips chips;

  GpioOutputProvider(GpioChips chips) {
    super(ID, "the kernel's GPIO lines as outputs");
    this.chips = chips;
  }

  @Override
  public DigitalOutput create(DigitalOutputConfig config) {
    GpioOutput output = new GpioOutput(this, config, chips);
    context.registry().add(output);
    return output;
  }
}
