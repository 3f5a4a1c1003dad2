package dev.noren.net;

import dev.noren.text.Refused;

/**
 * An IPv4 or IPv6 address as two numbers, so that the packet's way compares it without allocating.
 *
 * @param v6 whether this is an IPv6 address
 * @param high the first 64 bits of an IPv6 address; 0 for IPv4
 * @param low the last 64 bits of an IPv6 address; the 32 bits of an IPv4 address, unsigned
 */
public record IpAddress(boolean v6, long high, long low) implements Comparable<IpAddress> {
  /** The bytes of an IPv4 address. */
  public static final int V4_BYTES = 4;

  /** The bytes of an IPv6 address. */
  public static final int V6_BYTES = 16;

  private static final int GROUPS = 8;

  public IpAddress {
    if (!v6 && (high != 0 || low >>> 32 != 0)) {
      throw new IllegalArgumentException("an IPv4 address has 32 bits");
    }
  }

  /** The IPv4 address of these 32 bits. */
  public static IpAddress v4(int bits) {
    return new IpAddress(false, 0, Integer.toUnsignedLong(bits));
  }

  /** The IPv6 address of these 128 bits. */
  public static IpAddress v6(long high, long low) {
    return new IpAddress(true, high, low);
  }

  /**
   * Reads an address in network order.
   *
   * @param length 4 or 16 bytes
   */
  public static IpAddress of(byte[] bytes, int offset, int length) {
    return switch (length) {
      case V4_BYTES -> v4(Bytes.int32(bytes, offset));
      case V6_BYTES -> v6(Bytes.int64(bytes, offset), Bytes.int64(bytes, offset + 8));
      default -> throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + length);
    };
  }

  /**
   * Reads a numeric address; a name is refused and never looked up.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static IpAddress parse(String text) {
    return text.indexOf(':') >= 0 ? parseV6(text) : v4(parseV4(text, text));
  }

  private static int parseV4(String part, String whole) {
    String[] octets = part.split("\\.", -1);
    if (octets.length != V4_BYTES) {
      throw notAnAddress(whole);
    }
    int bits = 0;
    for (String octet : octets) {
      bits = bits << 8 | number(octet, 10, 3, 255, whole);
    }
    return bits;
  }

  private static IpAddress parseV6(String text) {
    int gap = text.indexOf("::");
    boolean secondGap = gap >= 0 && text.indexOf("::", gap + 1) >= 0;
    boolean dottedHead = gap > 0 && text.lastIndexOf('.', gap) >= 0;
    if (secondGap || dottedHead) {
      throw notAnAddress(text);
    }
    int[] head = groups(gap >= 0 ? text.substring(0, gap) : text, text);
    int[] tail = gap >= 0 ? groups(text.substring(gap + 2), text) : new int[0];
    int written = head.length + tail.length;
    if (gap >= 0 ? written >= GROUPS : written != GROUPS) {
      throw notAnAddress(text);
    }
    int[] all = new int[GROUPS];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(tail, 0, all, GROUPS - tail.length, tail.length);
    return v6(join(all, 0), join(all, 4));
  }

  /** The 16-bit groups of one side of a "::", the last of which may be a dotted IPv4 address. */
  private static int[] groups(String side, String whole) {
    if (side.isEmpty()) {
      return new int[0];
    }
    String[] words = side.split(":", -1);
    boolean dotted = words[words.length - 1].indexOf('.') >= 0;
    int[] groups = new int[words.length + (dotted ? 1 : 0)];
    if (groups.length > GROUPS) {
      throw notAnAddress(whole);
    }
    int plain = dotted ? words.length - 1 : words.length;
    for (int i = 0; i < plain; i++) {
      groups[i] = number(words[i], 16, 4, 0xffff, whole);
    }
    if (dotted) {
      int bits = parseV4(words[plain], whole);
      groups[plain] = bits >>> 16;
      groups[plain + 1] = bits & 0xffff;
    }
    return groups;
  }

  private static int number(String digits, int radix, int most, int limit, String whole) {
    boolean leadingZero = radix == 10 && digits.length() > 1 && digits.charAt(0) == '0';
    if (digits.isEmpty() || digits.length() > most || leadingZero) {
      throw notAnAddress(whole);
    }
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      int digit = c < 128 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        throw notAnAddress(whole);
      }
      value = value * radix + digit;
    }
    if (value > limit) {
      throw notAnAddress(whole);
    }
    return value;
  }

  private static long join(int[] groups, int from) {
    return (long) groups[from] << 48
        | (long) groups[from + 1] << 32
        | (long) groups[from + 2] << 16
        | groups[from + 3];
  }

  private static IllegalArgumentException notAnAddress(String text) {
    return new Refused("net.address", text);
  }

  /** The number of bits: 32 or 128. */
  public int bits() {
    return v6 ? 128 : 32;
  }

  /**
   * Whether a host elsewhere can have it, on the internet or in a private network: it is nobody's,
   * no group's, not one link's IPv6 and not the machine's own that asks.
   */
  public boolean isOneHost() {
    if (v6) {
      return high != 0 && !isLinkLocal() && high >>> 56 != 0xff;
    }
    long first = low >>> 24;
    return first != 0 && first != 127 && first < 224;
  }

  /** Whether this is an IPv6 address of one link (fe80::/10), which needs a scope to be reached. */
  public boolean isLinkLocal() {
    return v6 && high >>> 54 == 0xfe80 >>> 6;
  }

  /** The address in network order: 4 or 16 bytes. */
  public byte[] toBytes() {
    byte[] bytes = new byte[v6 ? V6_BYTES : V4_BYTES];
    if (v6) {
      Bytes.putInt64(bytes, 0, high);
      Bytes.putInt64(bytes, 8, low);
    } else {
      Bytes.putInt32(bytes, 0, (int) low);
    }
    return bytes;
  }

  /** IPv4 before IPv6, then by number. */
  @Override
  public int compareTo(IpAddress other) {
    if (v6 != other.v6) {
      return v6 ? 1 : -1;
    }
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  /** Dotted IPv4, or IPv6 as RFC 5952 writes it. */
  @Override
  public String toString() {
    return v6 ? textV6() : textV4(low);
  }

  private static String textV4(long bits) {
    return (bits >>> 24 & 255)
        + "."
        + (bits >>> 16 & 255)
        + "."
        + (bits >>> 8 & 255)
        + "."
        + (bits & 255);
  }

  private String textV6() {
    if (high == 0 && low >>> 32 == 0xffff) {
      return "::ffff:" + textV4(low & 0xffffffffL);
    }
    int[] gap = longestZeroRun();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == gap[0]) {
        text.append("::");
        i += gap[1] - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(group(i)));
    }
    return text.toString();
  }

  private int group(int index) {
    long half = index < 4 ? high : low;
    return (int) (half >>> (48 - 16 * (index & 3))) & 0xffff;
  }

  /** Start and length of the longest run of two or more zero groups; start -1 if there is none. */
  private int[] longestZeroRun() {
    int bestStart = -1;
    int bestLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && group(end) == 0) {
        end++;
      }
      if (end - i > bestLength) {
        bestStart = i;
        bestLength = end - i;
      }
      i = Math.max(i, end);
    }
    return new int[] {bestStart, bestLength};
  }
}
