package dev.noren.led;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.noren.status.Lamp.Colour;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.tinylog.Logger;

/**
 * Lamps that are a small file, for a terminal to show: one line a lamp, of a name and a colour, or
 * {@code dark}, filled up with blanks. A change rewrites its word in place.
 */
final class Panel implements AutoCloseable {
  private static final int NAME = 10;
  private static final int WORD = 6;
  private static final int LINE = NAME + WORD + 1;

  private final FileChannel file;
  private final ByteBuffer dark = word("dark");
  private final Map<Colour, ByteBuffer> words = new EnumMap<>(Colour.class);
  private int lamps;

  /**
   * Begins the file anew.
   *
   * @throws IOException with a sentence
   */
  Panel(Path path) throws IOException {
    file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    for (Colour colour : Colour.values()) {
      words.put(colour, word(colour.name().toLowerCase(Locale.ROOT)));
    }
  }

  private static ByteBuffer word(String text) {
    return bytes("%-6s".formatted(text));
  }

  private static ByteBuffer bytes(String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  /** One more lamp, under those that are there. */
  Led lamp(String name) throws IOException {
    long at = (long) lamps++ * LINE;
    file.write(bytes("%-10.10s%-6s\n".formatted(name, "dark")), at);
    return new Spot(at + NAME);
  }

  private final class Spot implements Led {
    private final long at;

    private Spot(long at) {
      this.at = at;
    }

    @Override
    public void light(Colour colour) throws IOException {
      ByteBuffer word = colour == null ? dark : words.get(colour);
      word.rewind();
      file.write(word, at);
    }

    @Override
    public void close() {
      try {
        light(null);
      } catch (IOException e) {
        Logger.debug("the panel stays as it is: {}", e.getMessage());
      }
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
