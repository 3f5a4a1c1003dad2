package dev.noren.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.noren.linux.GpioLineRequest.Pull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes are what a C program fills in by the kernel's own linux/gpio.h. */
class GpioLineRequestTest {
  @TempDir private Path folder;

  @Test
  void anOutputIsLaidOutAsTheKernelReadsIt() {
    assertEquals(
        "11000000"
            + "00".repeat(252)
            + "6e6f72656e"
            + "00".repeat(27)
            // flags, one attribute, its padding; OUTPUT_VALUES, the value, the mask
            + "0a00000000000000"
            + "01000000"
            + "00".repeat(20)
            + "0200000000000000"
            + "0100000000000000"
            + "0100000000000000"
            + "00".repeat(216)
            + "01000000"
            + "00".repeat(28),
        hex(GpioLineRequest.output(17, "noren", true, true)));
    assertEquals(
        hex(GpioLineRequest.output(17, "noren", true, true))
            .replace("0a00000000000000", "0800000000000000")
            .replace("02000000000000000100000000000000", "02000000000000000000000000000000"),
        hex(GpioLineRequest.output(17, "noren", false, false)));
  }

  @Test
  void anInputIsLaidOutAsTheKernelReadsIt() {
    assertEquals(
        "01020000"
            + "00".repeat(252)
            + "6e6f72656e20627574746f6e"
            + "00".repeat(20)
            // ACTIVE_LOW, INPUT, both edges, PULL_UP; DEBOUNCE 30,000 µs
            + "3601000000000000"
            + "01000000"
            + "00".repeat(20)
            + "0300000000000000"
            + "3075000000000000"
            + "0100000000000000"
            + "00".repeat(216)
            + "01000000"
            + "00".repeat(28),
        hex(GpioLineRequest.input(513, "noren button", true, Pull.UP, 30_000)));
    String bare = hex(GpioLineRequest.input(1, "noren", false, Pull.DOWN, 0));
    assertEquals("3402000000000000" + "00000000", bare.substring(576, 600));
  }

  private static String hex(GpioLineRequest request) {
    return Layouts.hex(request.buffer(), 0, GpioLineRequest.SIZE);
  }

  @Test
  void whatIsNoLineOrNameIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> GpioLineRequest.output(-1, "noren", false, false));
    assertThrows(
        IllegalArgumentException.class,
        () -> GpioLineRequest.output(1, "a".repeat(32), false, false));
  }

  @Test
  void aChipIsKnownByItsLabel() {
    assertEquals(
        "pinctrl-bcm2711",
        GpioChip.label(
            Layouts.of(
                "6770696f6368697030"
                    + "00".repeat(23)
                    + "70696e6374726c2d62636d32373131"
                    + "00".repeat(17)
                    + "3a000000")));
  }

  @Test
  void valuesAreLaidOutAsTheKernelReadsThem() {
    NativeBuffer values = Layouts.dirty(GpioLine.VALUES_SIZE);
    GpioLine.fill(values, true);
    assertEquals("01000000000000000100000000000000", Layouts.hex(values, 0, 16));
    GpioLine.fill(values, false);
    assertEquals("00000000000000000100000000000000", Layouts.hex(values, 0, 16));
  }

  @Test
  void ofSeveralChangesTheLastCounts() {
    String falling = "8877665544332211" + "02000000110000000500000006000000" + "00".repeat(24);
    String rising = falling.replace("02000000110", "01000000110");
    assertEquals(false, GpioLine.lastOf(Layouts.of(rising + falling), 96));
    assertEquals(true, GpioLine.lastOf(Layouts.of(rising + falling), 48));
    assertEquals(true, GpioLine.lastOf(Layouts.of(falling + rising), 96));
    assertNull(GpioLine.lastOf(Layouts.of(falling), -1));
    assertNull(GpioLine.lastOf(Layouts.of(falling), 47));
  }

  /** What is there and is no chip is told with the kernel's own reason. */
  @Test
  void aMissingChipIsToldInOneSentence() throws IOException {
    assertEquals(
        "there is no GPIO chip pinctrl-rp1, nor any other",
        assertThrows(IOException.class, () -> GpioChip.byLabel(folder, "pinctrl-rp1"))
            .getMessage());
    Files.createFile(folder.resolve("gpiochip0"));
    String said =
        assertThrows(IOException.class, () -> GpioChip.byLabel(folder, "pinctrl-rp1")).getMessage();
    assertEquals(
        "the GPIO chip pinctrl-rp1 is not found, and one can't be looked at: can't ask "
            + folder.resolve("gpiochip0")
            + " which GPIO chip it is: not for this kind of descriptor (ENOTTY)",
        said);
  }
}
