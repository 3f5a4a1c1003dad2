package dev.noren.led;

import com.pi4j.context.Context;
import com.pi4j.exception.InitializeException;
import com.pi4j.exception.ShutdownException;
import com.pi4j.io.exception.IOException;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputBase;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;
import dev.noren.linux.Errno;
import dev.noren.linux.GpioLine;
import dev.noren.linux.GpioLineRequest;

/**
 * An output that is a line of the kernel's. As Pi4J has it, a state is a voltage; which of the two
 * is "on", its configuration says.
 */
final class GpioOutput extends DigitalOutputBase {
  private final GpioChips chips;
  private GpioLine line;

  GpioOutput(DigitalOutputProvider provider, DigitalOutputConfig config, GpioChips chips) {
    super(provider, config);
    this.chips = chips;
  }

  @Override
  public DigitalOutput initialize(Context context) throws InitializeException {
    boolean high = config().initialState() == DigitalState.HIGH;
    try {
      line =
          chips.request(
              config().address(),
              number -> GpioLineRequest.output(number, GpioChips.CONSUMER, false, high));
    } catch (java.io.IOException e) {
      throw new InitializeException(e.getMessage(), e);
    }
    state = high ? DigitalState.HIGH : DigitalState.LOW;
    return super.initialize(context);
  }

  /** Other than Pi4J's own it makes no event where nobody listens: it is called at each edge. */
  @Override
  public DigitalOutput state(DigitalState wanted) throws IOException {
    if (wanted == state) {
      return this;
    }
    int errno = line.set(wanted == DigitalState.HIGH);
    if (errno != 0) {
      throw new IOException("can't switch " + id() + ": " + Errno.describe(errno));
    }
    state = wanted;
    if (hasListenersOrBindings()) {
      dispatch(new DigitalStateChangeEvent<DigitalOutput>(this, wanted));
    }
    return this;
  }

  @Override
  public DigitalOutput shutdown(Context context) throws ShutdownException {
    if (line == null) {
      return this;
    }
    DigitalOutput ended = super.shutdown(context);
    line.close();
    return ended;
  }
}
