package dev.noren.crypto;

import java.util.Arrays;

/**
 * The two ways in which a 32-byte key is written: base64 (44 characters, as {@code wg} shows it)
 * and hexadecimal (64 digits, as the configuration socket carries it).
 *
 * <p>Neither branches nor looks up a table by a key's content, and no error repeats what it read.
 */
final class KeyText {
  private static final int SIZE = 32;
  private static final int HEX_LENGTH = 64;
  private static final int BASE64_LENGTH = 44;

  private KeyText() {}

  /**
   * The key's 32 bytes.
   *
   * @throws IllegalArgumentException with a sentence that does not contain the text
   */
  static byte[] parseBase64(String text) {
    if (text.length() != BASE64_LENGTH) {
      throw new IllegalArgumentException(
          "a key is 44 characters of base64, but this has " + text.length());
    }
    byte[] key = new byte[SIZE];
    int wrong = text.charAt(BASE64_LENGTH - 1) ^ '=';
    for (int group = 0; group < 11; group++) {
      int bits = 0;
      for (int i = 4 * group; i < 4 * group + 4; i++) {
        int value = i == BASE64_LENGTH - 1 ? 0 : sextet(text.charAt(i));
        wrong |= value >> 31;
        bits = bits << 6 | (value & 63);
      }
      key[3 * group] = (byte) (bits >> 16);
      key[3 * group + 1] = (byte) (bits >> 8);
      if (group < 10) {
        key[3 * group + 2] = (byte) bits;
      } else {
        // 43 characters carry 258 bits: were the last two free, one key could be written four ways.
        wrong |= bits & 255;
      }
    }
    return checked(key, wrong, "a key is 44 characters of base64 that end in \"=\"; this is not");
  }

  /**
   * The key's 32 bytes; digits may be of either case.
   *
   * @throws IllegalArgumentException with a sentence that does not contain the text
   */
  static byte[] parseHex(String text) {
    if (text.length() != HEX_LENGTH) {
      throw new IllegalArgumentException(
          "a key is 64 hexadecimal digits, but this has " + text.length() + " characters");
    }
    byte[] key = new byte[SIZE];
    int wrong = 0;
    for (int i = 0; i < SIZE; i++) {
      int high = nibble(text.charAt(2 * i));
      int low = nibble(text.charAt(2 * i + 1));
      wrong |= (high | low) >> 31;
      key[i] = (byte) (high << 4 | (low & 15));
    }
    return checked(key, wrong, "a key is 64 hexadecimal digits; this has other characters");
  }

  private static byte[] checked(byte[] key, int wrong, String sentence) {
    if (wrong != 0) {
      Arrays.fill(key, (byte) 0);
      throw new IllegalArgumentException(sentence);
    }
    return key;
  }

  static String toBase64(byte[] key) {
    char[] text = new char[BASE64_LENGTH];
    for (int group = 0; group < 11; group++) {
      int last = group < 10 ? key[3 * group + 2] & 255 : 0;
      int bits = (key[3 * group] & 255) << 16 | (key[3 * group + 1] & 255) << 8 | last;
      for (int i = 0; i < 4; i++) {
        text[4 * group + i] = letter(bits >> (18 - 6 * i) & 63);
      }
    }
    text[BASE64_LENGTH - 1] = '=';
    return new String(text);
  }

  static String toHex(byte[] key) {
    char[] text = new char[HEX_LENGTH];
    for (int i = 0; i < SIZE; i++) {
      text[2 * i] = digit(key[i] >> 4 & 15);
      text[2 * i + 1] = digit(key[i] & 15);
    }
    return new String(text);
  }

  /** The value of a base64 character, or -1. */
  private static int sextet(char c) {
    return (pick(c, 'A', 'Z', c - 'A' + 1)
            | pick(c, 'a', 'z', c - 'a' + 27)
            | pick(c, '0', '9', c - '0' + 53)
            | pick(c, '+', '+', 63)
            | pick(c, '/', '/', 64))
        - 1;
  }

  /** The value of a hexadecimal digit, or -1. */
  private static int nibble(char c) {
    return (pick(c, '0', '9', c - '0' + 1)
            | pick(c, 'a', 'f', c - 'a' + 11)
            | pick(c, 'A', 'F', c - 'A' + 11))
        - 1;
  }

  private static char letter(int value) {
    return (char)
        (pick(value, 0, 25, 'A' + value)
            | pick(value, 26, 51, 'a' + value - 26)
            | pick(value, 52, 61, '0' + value - 52)
            | pick(value, 62, 62, '+')
            | pick(value, 63, 63, '/'));
  }

  private static char digit(int value) {
    return (char) (pick(value, 0, 9, '0' + value) | pick(value, 10, 15, 'a' + value - 10));
  }

  /** {@code result} when {@code low <= value <= high}, else 0. */
  private static int pick(int value, int low, int high, int result) {
    int outside = ((value - low) | (high - value)) >> 31;
    return result & ~outside;
  }
}
