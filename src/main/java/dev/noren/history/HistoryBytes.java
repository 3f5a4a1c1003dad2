package dev.noren.history;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.history.History.Row;
import dev.noren.status.Carried.Way;
import dev.noren.status.Trend.By;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A history as bytes to be kept: a head that says what it is, the length and the CRC-32 of the rest
 * as it was, and the rest compressed.
 *
 * <pre>
 * "NORENHISTORY1\n" · length (4) · crc (4) · deflated: rows (1), each kind · name · minutes · hours
 * </pre>
 */
public final class HistoryBytes {
  private static final byte[] MAGIC = "NORENHISTORY1\n".getBytes(US_ASCII);
  private static final int MOST_NAME_BYTES = 255;
  private static final int ROW_BYTES =
      2 * (1 + MOST_NAME_BYTES) + 2 * Long.BYTES + sizes() * Parts.POINT_BYTES;
  private static final int MOST_BYTES = 1 + History.MOST * ROW_BYTES;

  private HistoryBytes() {}

  private static int sizes() {
    return By.MINUTE.parts() + By.HOUR.parts();
  }

  /** A history's bytes. */
  public static byte[] of(History history) {
    ByteBuffer plain = ByteBuffer.allocate(1 + history.rows().size() * ROW_BYTES);
    plain.put((byte) history.rows().size());
    for (Map.Entry<Way, Row> each : history.rows().entrySet()) {
      put(plain, each.getKey().kind());
      put(plain, each.getKey().name());
      for (By by : By.values()) {
        each.getValue().parts(by).write(plain);
      }
    }
    byte[] packed = deflated(plain.array(), plain.position());
    return ByteBuffer.allocate(MAGIC.length + 2 * Integer.BYTES + packed.length)
        .put(MAGIC)
        .putInt(plain.position())
        .putInt(crc(plain.array(), plain.position()))
        .put(packed)
        .array();
  }

  /**
   * The history that these bytes are of.
   *
   * @throws IllegalArgumentException where they are of none, or damaged
   */
  public static History read(byte[] bytes) {
    try {
      ByteBuffer head = ByteBuffer.wrap(bytes);
      byte[] magic = new byte[MAGIC.length];
      head.get(magic);
      int length = head.getInt();
      int crc = head.getInt();
      if (!Arrays.equals(magic, MAGIC) || length < 1 || length > MOST_BYTES) {
        throw new IllegalArgumentException("it is no history of this version");
      }
      byte[] plain = inflated(head, length);
      if (crc(plain, length) != crc) {
        throw new IllegalArgumentException("it is damaged");
      }
      return rows(ByteBuffer.wrap(plain));
    } catch (BufferUnderflowException | DataFormatException e) {
      throw new IllegalArgumentException("it is damaged", e);
    }
  }

  private static History rows(ByteBuffer plain) {
    History history = new History();
    for (int left = Byte.toUnsignedInt(plain.get()); left > 0; left--) {
      Way way = new Way(text(plain), text(plain));
      Row row = new Row(Parts.read(By.MINUTE, plain), Parts.read(By.HOUR, plain));
      history.rows().put(way, row);
    }
    return history;
  }

  /** Names of interfaces are short. */
  private static void put(ByteBuffer to, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    int length = Math.min(bytes.length, MOST_NAME_BYTES);
    to.put((byte) length).put(bytes, 0, length);
  }

  private static String text(ByteBuffer from) {
    byte[] bytes = new byte[Byte.toUnsignedInt(from.get())];
    from.get(bytes);
    return new String(bytes, UTF_8);
  }

  private static int crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static byte[] deflated(byte[] plain, int length) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(plain, 0, length);
      deflater.finish();
      byte[] packed = new byte[length / 2 + 1024];
      int filled = 0;
      while (!deflater.finished()) {
        if (filled == packed.length) {
          packed = Arrays.copyOf(packed, 2 * packed.length);
        }
        filled += deflater.deflate(packed, filled, packed.length - filled);
      }
      return Arrays.copyOf(packed, filled);
    } finally {
      deflater.end();
    }
  }

  private static byte[] inflated(ByteBuffer packed, int length) throws DataFormatException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      byte[] plain = new byte[length];
      int filled = 0;
      while (filled < length) {
        int more = inflater.inflate(plain, filled, length - filled);
        if (more == 0) {
          throw new DataFormatException("it ends too early");
        }
        filled += more;
      }
      return plain;
    } finally {
      inflater.end();
    }
  }
}
