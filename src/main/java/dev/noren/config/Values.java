package dev.noren.config;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads single values. Each method throws IllegalArgumentException with a reason that may be shown:
 * values are quoted in it unless they could be a secret.
 */
final class Values {
  private static final int MAX_QUOTED = 60;
  private static final Pattern LIKE_A_KEY = Pattern.compile("[A-Za-z0-9+/]{32}");
  private static final long MAX_MARK = 0xffffffffL;

  /** What turns round all that follows it on its line (UAX 9), so that a name reads otherwise. */
  private static final Set<Byte> TURNING =
      Set.of(
          Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
          Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
          Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
          Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE);

  private Values() {}

  /** The value in quotes, or words in its place if it is long or could be a key. */
  static Sentence quoted(String value) {
    return isShown(value)
        ? Sentence.of("value.quoted", printable(value))
        : Sentence.of("value.not-shown");
  }

  /** The value as it is, or words in its place if it is long or could be a key. */
  static Sentence unquoted(String value) {
    return isShown(value) ? Sentence.plain(printable(value)) : Sentence.of("value.not-shown");
  }

  private static boolean isShown(String value) {
    return value.length() <= MAX_QUOTED && !LIKE_A_KEY.matcher(value).find();
  }

  private static String printable(String value) {
    StringBuilder text = new StringBuilder();
    value.codePoints().forEach(c -> text.appendCodePoint(isControl(c) ? '?' : c));
    return text.toString();
  }

  /**
   * Whether this does something to a line, such as to end it or to turn round what follows, rather
   * than to be a part of it.
   */
  static boolean isControl(int c) {
    return endsLine(c) || TURNING.contains(Character.getDirectionality(c));
  }

  /** Whether this does something to a line or ends it, wherever it stands. */
  static boolean endsLine(int c) {
    int type = Character.getType(c);
    return Character.isISOControl(c)
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  /** Equal but for the case of ASCII letters. */
  static boolean same(String one, String other) {
    return lower(one).equals(lower(other));
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** White space as C's isspace has it, which is what wg and wg-quick strip. */
  static boolean isSpace(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  static String trimmed(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** Without any white space: wg reads its own keys and values so. */
  static String squeezed(String text) {
    StringBuilder left = new StringBuilder(text.length());
    text.chars().filter(c -> !isSpace(c)).forEach(c -> left.append((char) c));
    return left.toString();
  }

  /** Decimal, or hexadecimal after 0x; -1 if it is neither or above the limit. */
  static long number(String text, long limit) {
    return text.startsWith("0x") ? digits(text.substring(2), 16, limit) : decimal(text, limit);
  }

  /** Decimal; -1 if it is not or is above the limit. */
  static long decimal(String text, long limit) {
    return digits(text, 10, limit);
  }

  private static long digits(String text, int radix, long limit) {
    long value = text.isEmpty() ? -1 : 0;
    for (int i = 0; i < text.length() && value >= 0; i++) {
      char c = text.charAt(i);
      int digit = c < 128 ? Character.digit(c, radix) : -1;
      value = digit < 0 ? -1 : value * radix + digit;
      value = value > limit ? -1 : value;
    }
    return value;
  }

  static PrivateKey privateKey(String text) {
    return key(text, PrivateKey::parseBase64);
  }

  static PublicKey publicKey(String text) {
    return key(text, PublicKey::parseBase64);
  }

  static PresharedKey presharedKey(String text) {
    return key(text, PresharedKey::parseBase64);
  }

  private static <K> K key(String text, Function<String, K> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new Refused(Sentence.of("key.form"), e);
    }
  }

  static int listenPort(String text) {
    return (int) inRange(text, 0, 65535);
  }

  static int mtu(String text) {
    return (int) inRange(text, InterfaceConfig.MIN_MTU, InterfaceConfig.MAX_MTU);
  }

  private static long inRange(String text, long least, long most) {
    long value = decimal(text, most);
    if (value < least) {
      throw new Refused("number.range", quoted(text), least, most);
    }
    return value;
  }

  static long fwMark(String text) {
    long value = same(text, "off") ? 0 : number(text, MAX_MARK);
    if (value < 0) {
      throw new Refused("fwmark.form", quoted(text));
    }
    return value;
  }

  static int keepalive(String text) {
    long value = same(text, "off") ? 0 : decimal(text, 65535);
    if (value < 0) {
      throw new Refused("keepalive.form", quoted(text));
    }
    return (int) value;
  }

  static boolean flag(String text) {
    if (!same(text, "true") && !same(text, "false")) {
      throw new Refused("flag.form", quoted(text));
    }
    return same(text, "true");
  }

  static Cidr cidr(String text) {
    try {
      return Cidr.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refused(Sentence.of("cidr.form", quoted(text)), e);
    }
  }

  /** A name server's address: what wg-quick takes for one has a colon, or only digits and dots. */
  static IpAddress dnsServer(String text) {
    try {
      return IpAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refused(Sentence.of("dns.form", quoted(text)), e);
    }
  }

  static boolean looksLikeDnsServer(String text) {
    return text.indexOf(':') >= 0 || text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  static String searchDomain(String text) {
    try {
      // systemd's resolvconf takes "~." and "~example.com" for domains that are only routed.
      if (!text.equals("~.")) {
        HostPort.checkName(text.startsWith("~") ? text.substring(1) : text);
      }
      return text;
    } catch (IllegalArgumentException e) {
      throw new Refused(Sentence.of("dns.or-domain", quoted(text)), e);
    }
  }
}
