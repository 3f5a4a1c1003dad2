package dev.noren.text;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Something to be said in whatever language it is asked for: a sentence, or a part of one. It is
 * words only when it is said, so one that nobody hears costs next to nothing.
 *
 * @param key its row in the words of each language, or null where the arguments are all of it, each
 *     on a line of its own
 * @param arguments what goes into it: sentences, lists (which are said with commas), and what has a
 *     text of its own
 */
public record Sentence(String key, List<Object> arguments) {
  /** Keeps the arguments as they are now. */
  public Sentence {
    arguments = List.copyOf(arguments);
  }

  /** The sentence of this key. */
  public static Sentence of(String key, Object... arguments) {
    return new Sentence(
        Objects.requireNonNull(key),
        Arrays.stream(arguments).map(each -> each == null ? "null" : each).toList());
  }

  /** Whether it is one of these, by its key. */
  public boolean isOneOf(Set<String> keys) {
    return key != null && keys.contains(key);
  }

  /** Words that are the same in every language, as a name or what another program said. */
  public static Sentence plain(String words) {
    return new Sentence(null, List.of(words));
  }

  /** Several sentences, a line each. */
  public static Sentence lines(List<Sentence> sentences) {
    return new Sentence(null, List.copyOf(sentences));
  }

  /** What an exception has to say; one without words says what it is. */
  public static Sentence of(Throwable e) {
    if (e instanceof Told told) {
      return told.sentence();
    }
    return plain(Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName()));
  }

  /** The words in a language. */
  public String in(Language language) {
    return isPlain() ? (String) arguments.getFirst() : by(Words.of(language));
  }

  private boolean isPlain() {
    return key == null && arguments.size() == 1 && arguments.getFirst() instanceof String;
  }

  String by(Words words) {
    return key == null ? words.lines(arguments) : words.say(key, arguments);
  }

  /** The words in English. */
  @Override
  public String toString() {
    return in(Language.ENGLISH);
  }
}
