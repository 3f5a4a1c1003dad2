package dev.noren.linux;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A GPIO chip, found by its label: the numbers of {@code /dev/gpiochipN} are given as drivers come
 * up, and differ from one start to the next.
 *
 * <pre>
 * gpiochip_info, 68 bytes   name 0 (32) · label 32 (32) · lines 64 (4)
 * </pre>
 */
public final class GpioChip implements AutoCloseable {
  /** {@code _IOR(0xB4, 0x01, struct gpiochip_info)}. */
  static final long GET_CHIPINFO = 0x8044b401L;

  static final int INFO_SIZE = 68;
  static final int LABEL = 32;
  static final int TEXT_SIZE = 32;
  static final int LINES = 64;

  private final Fd fd;
  private final String label;
  private final int lines;

  private GpioChip(Fd fd, NativeBuffer info) {
    this.fd = fd;
    this.label = label(info);
    this.lines = info.getInt(LINES);
  }

  static String label(NativeBuffer info) {
    return info.getText(LABEL, TEXT_SIZE);
  }

  /**
   * Opens the first chip of this label.
   *
   * @param dev where the chips' devices are: /dev
   * @throws IOException with a sentence, where there is none, or this user may not open it
   */
  public static GpioChip byLabel(Path dev, String label) throws IOException {
    List<String> labels = new ArrayList<>();
    IOException refused = null;
    for (Path each : devices(dev)) {
      Fd fd = null;
      try {
        fd = Fd.open(each.toString(), LibC.O_RDWR);
        GpioChip chip = new GpioChip(fd, info(fd, each));
        if (chip.label.equals(label)) {
          return chip;
        }
        labels.add(chip.label);
        fd.close();
      } catch (LinuxException e) {
        if (fd != null) {
          fd.close();
        }
        refused = e;
      }
    }
    if (refused != null) {
      throw new IOException(
          "the GPIO chip "
              + label
              + " is not found, and one can't be looked at: "
              + refused.getMessage(),
          refused);
    }
    throw new IOException(
        "there is no GPIO chip "
            + label
            + (labels.isEmpty() ? ", nor any other" : ", but " + String.join(", ", labels)));
  }

  private static List<Path> devices(Path dev) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(dev, "gpiochip*")) {
      entries.forEach(found::add);
    }
    Collections.sort(found);
    return found;
  }

  private static NativeBuffer info(Fd fd, Path device) throws LinuxException {
    NativeBuffer info = new NativeBuffer(INFO_SIZE);
    int errno = Ioctl.call(fd, GET_CHIPINFO, info);
    if (errno != 0) {
      throw LinuxException.of("can't ask " + device + " which GPIO chip it is", errno);
    }
    return info;
  }

  /** What the kernel calls the chip. */
  public String label() {
    return label;
  }

  /**
   * Takes a line, which has one owner at a time.
   *
   * @throws IOException with a sentence, also where another program or driver has it
   */
  public GpioLine request(GpioLineRequest request) throws IOException {
    String what = "line " + request.line() + " of the GPIO chip " + label;
    if (request.line() >= lines) {
      throw new IOException("there is no " + what + ", which has " + lines);
    }
    int errno = request.ioctl(fd);
    if (errno == Errno.EBUSY) {
      throw new IOException(what + " is in use by another program or driver");
    }
    if (errno != 0) {
      throw LinuxException.of("can't take " + what, errno);
    }
    return new GpioLine(new Fd(request.fd()), what);
  }

  @Override
  public void close() {
    fd.close();
  }
}
