package dev.noren.config;

import dev.noren.text.Refused;
import java.util.regex.Pattern;

/**
 * The address of one Ethernet device.
 *
 * @param text six pairs of hexadecimal digits in small letters between colons
 */
public record MacAddress(String text) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
  private static final String NONE = "00:00:00:00:00:00";

  /**
   * @throws IllegalArgumentException with a sentence: it has another form, or is a group's or none
   */
  public MacAddress {
    if (!FORM.matcher(text).matches()) {
      throw new Refused("mac.form", Values.quoted(text));
    }
    if (text.equals(NONE) || Character.digit(text.charAt(1), 16) % 2 == 1) {
      throw new Refused("mac.group", Values.quoted(text));
    }
  }

  /**
   * Reads digits in either case, between colons or hyphens.
   *
   * @throws IllegalArgumentException with a sentence
   */
  public static MacAddress parse(String text) {
    return new MacAddress(Values.lower(text).replace('-', ':'));
  }

  /** Whether a text has the form of one, as {@link #parse} reads it. */
  static boolean looksLike(String text) {
    return FORM.matcher(Values.lower(text).replace('-', ':')).matches();
  }

  @Override
  public String toString() {
    return text;
  }
}
