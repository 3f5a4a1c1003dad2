package dev.noren.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The words of one language: {@code key=text} a row, in UTF-8, and {0}, {1} and so on in the text
 * stand for what goes into it. A row that begins with # is for those who write the file.
 */
final class Words {
  private static final String SEPARATOR = "list.separator";

  private final Map<String, String> texts;

  /** Read when the first English sentence is said. */
  private static final class English {
    static final Words WORDS = read(Language.ENGLISH);
  }

  /** Read when the first Japanese sentence is said. */
  private static final class Japanese {
    static final Words WORDS = read(Language.JAPANESE);
  }

  private Words(Map<String, String> texts) {
    this.texts = texts;
  }

  /** The words of a language. */
  static Words of(Language language) {
    return switch (language) {
      case ENGLISH -> English.WORDS;
      case JAPANESE -> Japanese.WORDS;
    };
  }

  /** Reads the file of a language, which is a part of the program. */
  private static Words read(Language language) {
    String name = "/words/" + language.code() + ".properties";
    try (InputStream file = Words.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("the program has no " + name);
      }
      return new Words(parsed(new String(file.readAllBytes(), UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(name + " can't be read", e);
    }
  }

  /** The rows; of a key that is there twice, both would be meant, so that is refused. */
  static Map<String, String> parsed(String file) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String row : file.split("\n", -1)) {
      int equals = row.indexOf('=');
      if (equals > 0
          && row.charAt(0) != '#'
          && texts.put(row.substring(0, equals), row.substring(equals + 1)) != null) {
        throw new IllegalStateException(row + " is there twice");
      }
    }
    return texts;
  }

  /** All rows. */
  Map<String, String> texts() {
    return texts;
  }

  /** A key's text with its arguments; a key that is not known stands for itself. */
  String say(String key, List<Object> arguments) {
    String text = texts.getOrDefault(key, key);
    StringBuilder said = new StringBuilder();
    int from = 0;
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
      int number = open + 2 < text.length() && text.charAt(open + 2) == '}' ? open + 1 : -1;
      int index = number < 0 ? -1 : Character.digit(text.charAt(number), 10);
      if (index >= 0 && index < arguments.size()) {
        said.append(text, from, open).append(say(arguments.get(index)));
        from = open + 3;
      }
    }
    return said.append(text, from, text.length()).toString();
  }

  /** Each on a line of its own. */
  String lines(List<Object> several) {
    return several.stream().map(this::say).collect(Collectors.joining("\n"));
  }

  private String say(Object argument) {
    return switch (argument) {
      case Sentence sentence -> sentence.by(this);
      case List<?> several ->
          several.stream().map(this::say).collect(Collectors.joining(separator()));
      default -> argument.toString();
    };
  }

  private String separator() {
    return texts.getOrDefault(SEPARATOR, ", ");
  }
}
