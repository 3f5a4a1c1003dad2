package dev.noren.access;

import com.nulabinc.zxcvbn.Zxcvbn;
import dev.noren.text.Sentence;
import java.util.List;

/**
 * How hard a passphrase is to guess, by what people really choose: no rule asks for a digit or a
 * sign. The words that it is compared with are read anew each time, since they are many and it
 * happens once in a box's life.
 */
public final class Strength {
  /** Guesses, as a power of ten, that are beyond who may only try at the door. */
  private static final double ENOUGH_LOG10 = 8;

  /** Of more letters than this it only looks at the first. */
  private static final int MOST_LETTERS = 100;

  private static final int FEWEST_LETTERS = 8;

  private Strength() {}

  /**
   * Why a passphrase is too easy to guess, or null where it is not.
   *
   * @param known words that whoever guesses would try first, as the box's name
   */
  public static Sentence problem(String passphrase, List<String> known) {
    int letters = passphrase.codePointCount(0, passphrase.length());
    if (letters < FEWEST_LETTERS) {
      return Sentence.of("passphrase.short", FEWEST_LETTERS);
    }
    if (passphrase.length() > 4 * MOST_LETTERS) {
      return Sentence.of("passphrase.long", 4 * MOST_LETTERS);
    }
    int end = Math.min(passphrase.length(), MOST_LETTERS);
    double guesses = new Zxcvbn().measure(passphrase.substring(0, end), known).getGuessesLog10();
    return guesses < ENOUGH_LOG10 ? Sentence.of("passphrase.easy") : null;
  }
}
