package dev.noren.cli;

import dev.noren.config.Suggestion;
import dev.noren.text.Refused;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Constants as people write them: in small letters. */
final class EnumWords {
  private EnumWords() {}

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Which one a word means.
   *
   * @param none the key of what is said where it means none, of the word and of those there are
   * @param near the same where one of them is like it
   * @throws Refused where it means none
   */
  static <E extends Enum<E>> E of(E[] all, String word, String none, String near) {
    for (E each : all) {
      if (word(each).equals(word)) {
        return each;
      }
    }
    List<String> words = Arrays.stream(all).map(EnumWords::word).toList();
    String like = Suggestion.nearest(word, words);
    String shown = Wrapping.clean(word);
    throw like == null ? new Refused(none, shown, words) : new Refused(near, shown, like);
  }
}
