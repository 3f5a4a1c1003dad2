package dev.noren.led;

import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProviderBase;

/** Pi4J's inputs over the kernel's GPIO lines. */
final class GpioInputProvider extends DigitalInputProviderBase {
  static final String ID = "noren-gpio-input";

  private final GpioChips chips;

  GpioInputProvider(GpioChips chips) {
    super(ID, "the kernel's GPIO lines as inputs");
    this.chips = chips;
  }

  @Override
  public DigitalInput create(DigitalInputConfig config) {
    GpioInput input = new GpioInput(this, config, chips);
    context.registry().add(input);
    return input;
  }
}
