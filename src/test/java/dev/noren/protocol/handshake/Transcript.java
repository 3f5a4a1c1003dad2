package dev.noren.protocol.handshake;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Properties;

/** A captured handshake: a resource of {@code name = hexadecimal bytes} lines. */
public final class Transcript {
  private final Properties fields = new Properties();

  private Transcript() {}

  /** Reads {@code name} from beside this class. */
  public static Transcript of(String name) {
    Transcript transcript = new Transcript();
    try (InputStream in =
        Objects.requireNonNull(Transcript.class.getResourceAsStream(name), name)) {
      transcript.fields.load(new InputStreamReader(in, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return transcript;
  }

  /** The bytes of one line. */
  public byte[] bytes(String field) {
    return HexFormat.of().parseHex(Objects.requireNonNull(fields.getProperty(field), field));
  }

  /** An index, written as it stands in a message: little-endian. */
  public int index(String field) {
    byte[] b = bytes(field);
    return (b[0] & 255) | (b[1] & 255) << 8 | (b[2] & 255) << 16 | (b[3] & 255) << 24;
  }
}
