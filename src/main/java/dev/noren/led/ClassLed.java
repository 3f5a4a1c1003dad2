package dev.noren.led;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.noren.status.Lamp.Colour;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.tinylog.Logger;

/**
 * A lamp that the kernel knows ({@code /sys/class/leds/NAME}), drawn by its {@code brightness}. Its
 * trigger is to be {@code none}, which only root can see to: the root helper does.
 */
final class ClassLed implements Led {
  private static final int MOST = 999;

  private final FileChannel brightness;
  private final ByteBuffer lit;
  private final ByteBuffer dark;

  private ClassLed(FileChannel brightness, int most) {
    this.brightness = brightness;
    // Of one length, as a plain file that stands for the kernel's keeps what is not written over.
    this.lit = text(most);
    this.dark = text(0);
  }

  private static ByteBuffer text(int value) {
    byte[] bytes = "%03d\n".formatted(value).getBytes(US_ASCII);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  /**
   * Opens one.
   *
   * @param leds the folder of all: /sys/class/leds
   * @throws IOException with a sentence
   */
  static ClassLed open(Path leds, String name) throws IOException {
    Path folder = leds.resolve(name);
    if (!Files.isDirectory(folder)) {
      throw new IOException("the kernel has no LED " + name + " in " + leds);
    }
    int most;
    try {
      most = Integer.parseInt(Files.readString(folder.resolve("max_brightness")).strip());
    } catch (IOException | NumberFormatException e) {
      most = 1;
    }
    Path file = folder.resolve("brightness");
    try {
      return new ClassLed(
          FileChannel.open(file, StandardOpenOption.WRITE), Math.clamp(most, 1, MOST));
    } catch (AccessDeniedException e) {
      throw new IOException("this user may not write to " + file, e);
    }
  }

  @Override
  public void light(Colour colour) throws IOException {
    ByteBuffer text = colour == null ? dark : lit;
    text.rewind();
    brightness.write(text, 0);
  }

  @Override
  public void close() {
    try (brightness) {
      light(null);
    } catch (IOException e) {
      Logger.debug("a LED stays as it is: {}", e.getMessage());
    }
  }
}
