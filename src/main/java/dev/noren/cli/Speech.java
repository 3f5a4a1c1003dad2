package dev.noren.cli;

import dev.noren.text.Language;
import dev.noren.text.Past;
import dev.noren.text.Sentence;

/**
 * The words of what is shown, in the language that was asked for.
 *
 * @param language which one
 */
record Speech(Language language) {
  /** What {@code wg show} is like, which programs read. */
  static final Speech ENGLISH = new Speech(Language.ENGLISH);

  /** The words of a key. */
  String words(String key, Object... arguments) {
    return Sentence.of(key, arguments).in(language);
  }

  /**
   * What happened, by what was written down; to who reads English it is said as it was written,
   * with the fields' names of the document.
   */
  String past(String written) {
    return language == Language.ENGLISH ? written : Past.what(written).in(language);
  }

  /** Whose doing it was, in the same way. */
  String author(String written) {
    return language == Language.ENGLISH ? written : Past.who(written).in(language);
  }

  /** The table with these keys' words as titles. */
  Columns table(String... titles) {
    String[] words = new String[titles.length];
    for (int i = 0; i < titles.length; i++) {
      words[i] = words(titles[i]);
    }
    return new Columns(words);
  }
}
