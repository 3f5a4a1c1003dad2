package dev.noren.led;

import dev.noren.linux.GpioLineRequest.Pull;
import dev.noren.status.Signal.Form;
import java.nio.file.Path;
import java.util.List;

/**
 * What a board has, as its file says.
 *
 * @param form which lamps it has, or null for none
 * @param lamps the lamps in the form's order: status, internet and VPN; status; or red, green and
 *     blue
 * @param button its button, or null
 * @param watchdog its watchdog's device, or null
 */
public record Board(Form form, List<Lamp> lamps, Button button, Path watchdog) {
  /** One that has nothing, or is none. */
  public static final Board NONE = new Board(null, List.of(), null, null);

  public Board {
    lamps = List.copyOf(lamps);
  }

  /**
   * A lamp, or one part of a lamp of three colours.
   *
   * @param name what it is for
   * @param driver how it is lit
   */
  public record Lamp(String name, Driver driver) {}

  /** How a lamp is lit. */
  public sealed interface Driver {
    /** By the kernel's class of LEDs. */
    record KernelClass(String name) implements Driver {}

    /** By a line of a GPIO chip. */
    record Gpio(String chip, int line, boolean activeLow) implements Driver {}

    /** As a line of a file, relative to the state folder. */
    record PanelFile(Path file) implements Driver {}
  }

  /** Where a button is. */
  public sealed interface Button {
    /** At a line of a GPIO chip. */
    record Gpio(String chip, int line, boolean activeLow, Pull pull) implements Button {}

    /** A key of an input device, by its number in linux/input-event-codes.h. */
    record Key(int code, String device) implements Button {}
  }

  /** The LEDs that it lights by the kernel's class, by their names there. */
  public List<String> kernelLeds() {
    return lamps.stream()
        .filter(lamp -> lamp.driver() instanceof Driver.KernelClass)
        .map(lamp -> ((Driver.KernelClass) lamp.driver()).name())
        .toList();
  }
}
