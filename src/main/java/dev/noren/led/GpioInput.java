package dev.noren.led;

import com.pi4j.context.Context;
import com.pi4j.exception.InitializeException;
import com.pi4j.exception.ShutdownException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputBase;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;
import com.pi4j.io.gpio.digital.PullResistance;
import dev.noren.linux.GpioLine;
import dev.noren.linux.GpioLineRequest;
import dev.noren.linux.GpioLineRequest.Pull;
import dev.noren.linux.Poller;
import dev.noren.linux.Waiter;
import java.io.IOException;

/**
 * An input that is a line of the kernel's, which tells of each change: its thread waits in poll,
 * and while nothing changes nobody is woken.
 */
final class GpioInput extends DigitalInputBase {
  private final GpioChips chips;
  private GpioLine line;
  private Waiter waiter;
  private volatile DigitalState state = DigitalState.UNKNOWN;
  private volatile boolean ended;

  GpioInput(DigitalInputProvider provider, DigitalInputConfig config, GpioChips chips) {
    super(provider, config);
    this.chips = chips;
  }

  @Override
  public DigitalInput initialize(Context context) throws InitializeException {
    Long debounceUs = config().debounce();
    int debounce = debounceUs == null ? 0 : Math.toIntExact(debounceUs);
    try {
      line =
          chips.request(
              config().address(),
              number ->
                  GpioLineRequest.input(
                      number, GpioChips.CONSUMER, false, pull(config().pull()), debounce));
      waiter = new Waiter(line.fd());
      state = DigitalState.getState(line.get());
    } catch (IOException e) {
      if (line != null) {
        line.close();
      }
      throw new InitializeException(e.getMessage(), e);
    }
    Thread thread = new Thread(this::watch, "noren-button");
    thread.setDaemon(true);
    thread.start();
    return super.initialize(context);
  }

  private static Pull pull(PullResistance pull) {
    return switch (pull) {
      case PULL_UP -> Pull.UP;
      case PULL_DOWN -> Pull.DOWN;
      default -> Pull.NONE;
    };
  }

  private void watch() {
    while (!ended) {
      Boolean high = waiter.await() == 0 ? null : line.takeChanges();
      if (high != null) {
        state = DigitalState.getState(high);
        dispatch(new DigitalStateChangeEvent<DigitalInput>(this, state));
      } else if (!ended && (waiter.events(0) & (Poller.ERROR | Poller.HANG_UP)) != 0) {
        // The chip is gone, and what was held can't be let go any more.
        state = DigitalState.UNKNOWN;
        dispatch(new DigitalStateChangeEvent<DigitalInput>(this, state));
        return;
      }
    }
  }

  @Override
  public DigitalState state() {
    return state;
  }

  @Override
  public DigitalInput shutdown(Context context) throws ShutdownException {
    if (waiter != null) {
      ended = true;
      waiter.close();
      line.close();
    }
    return super.shutdown(context);
  }
}
