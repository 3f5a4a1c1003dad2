package dev.noren.net;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads the parts of which DNS messages are made (RFC 1035, 4), from the front to the end: numbers,
 * names, addresses. Anybody may have sent the bytes: no length is believed, and a name that leads
 * round in a circle ends.
 */
public final class DnsReader {
  private static final int POINTER = 0xc0;
  private static final int MOST_LABEL = 63;
  private static final int MOST_NAME = 255;

  /**
   * Pointers within a name: senders use one or two. Without a bound a small message is much work.
   */
  private static final int MOST_JUMPS = 16;

  private final byte[] bytes;
  private final int length;
  private int at;

  /** The message's end came too early, or a name has no end. */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    private Malformed() {
      super(null, null, false, false);
    }
  }

  /**
   * Begins at the front.
   *
   * @param length how many of the bytes are the message's
   */
  public DnsReader(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  /** A number of two bytes. */
  public int uint16() throws Malformed {
    need(2);
    int value = (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    at += 2;
    return value;
  }

  /** That so many bytes are to come. */
  public void need(int count) throws Malformed {
    if (length - at < count) {
      throw new Malformed();
    }
  }

  /**
   * An address.
   *
   * @param size 4 or 16, bytes
   */
  public IpAddress address(int size) throws Malformed {
    need(size);
    IpAddress address = IpAddress.of(bytes, at, size);
    at += size;
    return address;
  }

  /** How many bytes were read. */
  public int position() {
    return at;
  }

  /** Goes on behind so many bytes of the message. */
  public void moveTo(int position) throws Malformed {
    if (position < 0 || position > length) {
      throw new Malformed();
    }
    at = position;
  }

  /** A name in small letters. Each pointer must lead further to the front, so each name ends. */
  public String name() throws Malformed {
    StringBuilder name = new StringBuilder();
    int from = at;
    int limit = length;
    int jumps = 0;
    while (true) {
      if (from >= limit) {
        throw new Malformed();
      }
      int size = bytes[from] & 0xff;
      if (size >= POINTER) {
        if (from + 1 >= limit || jumps == MOST_JUMPS) {
          throw new Malformed();
        }
        int target = (size & 0x3f) << 8 | (bytes[from + 1] & 0xff);
        at = jumps == 0 ? from + 2 : at;
        jumps++;
        // It leads to before where it stands, and what is there ends before it too.
        limit = from;
        from = target;
        continue;
      }
      from++;
      if (size == 0) {
        at = jumps == 0 ? from : at;
        return name.toString();
      }
      if (size > MOST_LABEL || from + size > limit || name.length() + size >= MOST_NAME) {
        throw new Malformed();
      }
      name.append(name.isEmpty() ? "" : ".");
      String label = new String(bytes, from, size, StandardCharsets.ISO_8859_1);
      name.append(label.toLowerCase(Locale.ROOT));
      from += size;
    }
  }
}
