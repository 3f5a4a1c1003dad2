package dev.noren.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.crypto.ConstantTime;
import java.text.Normalizer;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * The code that proves that somebody is in front of the box: eight letters and digits, of which no
 * two are taken for each other, in two groups.
 *
 * @param text as it is shown, as in K7MQ-2XWD
 */
public record SetupCode(String text) {
  private static final String LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
  private static final int GROUP = 4;

  /**
   * The code.
   *
   * @throws IllegalArgumentException where it has not the form of one
   */
  public SetupCode {
    if (!text.matches("[" + LETTERS + "]{4}-[" + LETTERS + "]{4}")) {
      throw new IllegalArgumentException("this is no set-up code");
    }
  }

  /** A new one. */
  public static SetupCode generate(RandomGenerator chance) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 2 * GROUP; i++) {
      text.append(i == GROUP ? "-" : "").append(LETTERS.charAt(chance.nextInt(LETTERS.length())));
    }
    return new SetupCode(text.toString());
  }

  /** Whether somebody typed it, however: full width, small letters, with or without the dash. */
  public boolean matches(String typed) {
    byte[] given = plain(typed).getBytes(UTF_8);
    byte[] right = plain(text).getBytes(UTF_8);
    return given.length == right.length && ConstantTime.equal(given, 0, right, 0, right.length);
  }

  /** What counts of a code that somebody typed. */
  static String plain(String typed) {
    return Normalizer.normalize(typed, Normalizer.Form.NFKC)
        .toUpperCase(Locale.ROOT)
        .replaceAll("[\\s\\p{Pd}ー]", "");
  }

  /** Without the code. */
  @Override
  public String toString() {
    return "SetupCode";
  }
}
