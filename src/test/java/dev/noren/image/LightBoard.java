package dev.noren.image;

import dev.noren.street.Running;
import dev.noren.street.TempFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * QEMU's board with lines that the kernel's gpio-sim makes: three lamps, of which one is an LED of
 * the kernel's, and a button.
 */
final class LightBoard {
  /** What Noren reads of it. */
  static final String FILE =
      """
      form three
      lamp status gpio noren-sim 0
      lamp internet gpio noren-sim 1
      lamp vpn class vpn
      button gpio noren-sim 3 active-low pull-up
      """;

  /** The lines of the lamps, in their order. */
  static final int[] LINES = {0, 1, 8};

  static final int BUTTON = 3;

  private static final String ADDED =
      """
      / {
        gpio-sim {
          compatible = "gpio-simulator";
          bank: bank0 {
            gpio-controller;
            #gpio-cells = <2>;
            ngpios = <16>;
            gpio-sim,label = "noren-sim";
          };
        };
        leds {
          compatible = "gpio-leds";
          vpn { label = "vpn"; gpios = <&bank 8 0>; default-state = "off"; };
        };
      };
      """;

  private LightBoard() {}

  /** Makes the device tree of QEMU's machine, as it is with that firmware, with the lines. */
  static Path tree(TempFolder folder, Path uBoot) {
    Path plain = folder.path().resolve("plain.dtb");
    Path text = folder.path().resolve("lights.dts");
    Path tree = folder.path().resolve("lights.dtb");
    Running.run(
            "qemu-system-aarch64",
            "-M",
            "virt,dumpdtb=" + plain,
            "-cpu",
            Box.CPU,
            "-smp",
            Box.CORES,
            "-m",
            Box.MEMORY,
            "-nodefaults",
            "-bios",
            uBoot.toString(),
            "-display",
            "none")
        .must();
    Running.run("dtc", "-q", "-I", "dtb", "-O", "dts", plain.toString(), "-o", text.toString())
        .must();
    try {
      Files.writeString(text, Files.readString(text) + ADDED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Running.run("dtc", "-q", "-I", "dts", "-O", "dtb", text.toString(), "-o", tree.toString())
        .must();
    return tree;
  }
}
