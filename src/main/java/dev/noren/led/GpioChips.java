package dev.noren.led;

import dev.noren.linux.GpioChip;
import dev.noren.linux.GpioLine;
import dev.noren.linux.GpioLineRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The GPIO chips that a board's lines are on. Pi4J knows a line by one number, an address that must
 * be there once only; so it is the chip's number here, times 65,536, and the line's on the chip.
 */
final class GpioChips implements AutoCloseable {
  /** Who has the lines, as gpioinfo shows it. */
  static final String CONSUMER = "noren";

  private static final int CHIP_SHIFT = 16;
  private static final int LINE = 0xffff;

  private final Path dev;
  private final List<String> labels = new ArrayList<>();
  private final List<GpioChip> chips = new ArrayList<>();

  /** None yet; their devices are in this folder. */
  GpioChips(Path dev) {
    this.dev = dev;
  }

  /** The address of a line; the chip is opened when the line is asked for. */
  int address(String label, int line) {
    if (!labels.contains(label)) {
      labels.add(label);
      chips.add(null);
    }
    return (labels.indexOf(label) << CHIP_SHIFT) | line;
  }

  /**
   * Takes a line.
   *
   * @param wish what is asked for, by the line's number on its chip
   * @throws IOException with a sentence
   */
  GpioLine request(int address, IntFunction<GpioLineRequest> wish) throws IOException {
    int number = address >> CHIP_SHIFT;
    if (chips.get(number) == null) {
      chips.set(number, GpioChip.byLabel(dev, labels.get(number)));
    }
    return chips.get(number).request(wish.apply(address & LINE));
  }

  @Override
  public void close() {
    chips.stream().filter(chip -> chip != null).forEach(GpioChip::close);
  }
}
