package dev.noren.led;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.IO;
import com.pi4j.io.gpio.digital.Digital;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import dev.noren.linux.GpioLineRequest.Pull;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The board's GPIO lines through Pi4J, with providers of its own that are given: nothing is found.
 */
final class Pins implements AutoCloseable {
  private static final long DEBOUNCE_MS = 5;

  private final GpioChips chips;
  private final Context pi4j;
  private final DigitalOutputProvider outputs;
  private final DigitalInputProvider inputs;

  /** Lines over other providers, such as Pi4J's own made-up ones. */
  Pins(GpioChips chips, DigitalOutputProvider outputs, DigitalInputProvider inputs) {
    this.chips = chips;
    this.outputs = outputs;
    this.inputs = inputs;
    // Pi4J logs through SLF4J, which says at length on standard error that nobody listens.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    pi4j =
        Pi4J.newContextBuilder().noAutoDetect().disableShutdownHook().add(outputs, inputs).build();
  }

  /** The kernel's lines, on chips whose devices are in this folder. */
  static Pins in(Path dev) {
    GpioChips chips = new GpioChips(dev);
    return new Pins(chips, new GpioOutputProvider(chips), new GpioInputProvider(chips));
  }

  /**
   * Takes a line for a lamp, which is dark at first.
   *
   * @throws IOException with a sentence
   */
  DigitalOutput output(String name, String chip, int line, boolean activeLow) throws IOException {
    DigitalState on = activeLow ? DigitalState.LOW : DigitalState.HIGH;
    DigitalState off = DigitalState.getInverseState(on);
    try {
      return outputs.create(
          DigitalOutput.newConfigBuilder(pi4j)
              .id(name)
              .address(chips.address(chip, line))
              .onState(on)
              .initial(off)
              .shutdown(off)
              .build());
    } catch (Pi4JException | IllegalStateException e) {
      throw refused(e);
    }
  }

  /**
   * Takes a line for a button.
   *
   * @param pressed told of each change from another thread
   * @throws IOException with a sentence
   */
  void input(
      String name, String chip, int line, boolean activeLow, Pull pull, Consumer<Boolean> pressed)
      throws IOException {
    DigitalState on = activeLow ? DigitalState.LOW : DigitalState.HIGH;
    try {
      DigitalInput input =
          inputs.create(
              DigitalInput.newConfigBuilder(pi4j)
                  .id(name)
                  .address(chips.address(chip, line))
                  .onState(on)
                  .pull(
                      switch (pull) {
                        case UP -> PullResistance.PULL_UP;
                        case DOWN -> PullResistance.PULL_DOWN;
                        case NONE -> PullResistance.OFF;
                      })
                  .debounce(DEBOUNCE_MS, TimeUnit.MILLISECONDS)
                  .build());
      input.addListener(event -> pressed.accept(event.state() == on));
    } catch (Pi4JException | IllegalStateException e) {
      throw refused(e);
    }
  }

  /** What Pi4J wraps up: the sentence is that of who found it. */
  private static IOException refused(RuntimeException e) {
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof IOException)) {
      cause = cause.getCause();
    }
    return new IOException(cause.getMessage(), e);
  }

  /** A line by the name that it was taken under; for tests. */
  IO<?, ?, ?> io(String name) {
    return pi4j.registry().get(name);
  }

  /** The voltage that such a line was last set to; for tests. */
  DigitalState state(String name) {
    return ((Digital<?, ?, ?>) io(name)).state();
  }

  /** Gives all lines back. */
  @Override
  public void close() {
    pi4j.shutdown();
    chips.close();
  }
}
