package dev.noren.config;

import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One object of a document while it is read. Each field is asked for by its name; what is wrong
 * with it goes to the problems and the answer is then its default, so that reading goes on. Null
 * and missing are the same: the default.
 */
final class Fields {
  /** Reads a text; throws IllegalArgumentException with the reason where it is refused. */
  @FunctionalInterface
  interface Parser<T> {
    /** The value of a text that stands at this path. */
    T parse(String path, String text);
  }

  private static final int MAX_NAME = 40;

  private final Map<?, ?> members;
  private final String path;
  private final Problems problems;
  private final boolean broken;
  private final FieldValues values;
  private final Set<String> asked = new LinkedHashSet<>();

  private Fields(Map<?, ?> members, String path, Problems problems, boolean broken) {
    this.members = members;
    this.path = path;
    this.problems = problems;
    this.broken = broken;
    this.values = new FieldValues(problems);
  }

  /** The fields of a value, which should be an object. */
  static Fields of(Object value, String path, Problems problems) {
    if (value instanceof Map<?, ?> members) {
      return new Fields(members, path, problems, false);
    }
    problems.add(path, Sentence.of("kind.no-object", FieldValues.kind(value)));
    return new Fields(Map.of(), path, problems, true);
  }

  String path(String key) {
    return Json.member(path, key);
  }

  void error(String key, Sentence reason) {
    problems.add(path(key), reason);
  }

  /** Whether the field is given, be it wrong. */
  boolean has(String key) {
    return members.get(key) != null;
  }

  /** Whether the field is given and is no empty list. */
  boolean holds(String key) {
    return has(key) && !(members.get(key) instanceof List<?> list && list.isEmpty());
  }

  /** As {@link #holds}, for a field that this object may have, but perhaps not here. */
  boolean known(String key) {
    asked.add(key);
    return holds(key);
  }

  /** A text, or null where it is not given or refused. */
  <T> T text(String key, Parser<T> parser) {
    Object value = ask(key);
    return value == null ? null : values.text(path(key), value, parser);
  }

  <T> T text(String key, Function<String, T> parser) {
    return text(key, (at, text) -> parser.apply(text));
  }

  <T> T textOr(String key, T fallback, Function<String, T> parser) {
    T value = text(key, parser);
    return value == null ? fallback : value;
  }

  /**
   * A text that must be there.
   *
   * @param hint the key of the words that say what to do where it is not
   */
  <T> T required(String key, String hint, Parser<T> parser) {
    if (ask(key) == null && !broken) {
      error(key, Sentence.of("missing", Sentence.of(hint)));
    }
    return text(key, parser);
  }

  <T> T required(String key, String hint, Function<String, T> parser) {
    return required(key, hint, (at, text) -> parser.apply(text));
  }

  /** One of an enumeration's words, which are written in small letters. */
  <E extends Enum<E>> E word(String key, Class<E> type, E fallback) {
    return textOr(key, fallback, text -> word(type, text));
  }

  private static <E extends Enum<E>> E word(Class<E> type, String text) {
    List<String> words = Arrays.stream(type.getEnumConstants()).map(Fields::wordOf).toList();
    int index = words.indexOf(text);
    if (index < 0) {
      String near = Suggestion.nearest(text, words);
      throw near == null
          ? new Refused("word.none", Values.quoted(text), words)
          : new Refused("word.none-near", Values.quoted(text), words, near);
    }
    return type.getEnumConstants()[index];
  }

  static String wordOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  int number(String key, int least, int most, int fallback) {
    Object value = ask(key);
    Integer number = value == null ? null : values.number(path(key), value, least, most);
    return number == null ? fallback : number;
  }

  boolean flag(String key, boolean fallback) {
    Boolean flag = flag(key);
    return flag == null ? fallback : flag;
  }

  /** True or false, or null where neither is given. */
  Boolean flag(String key) {
    Object value = ask(key);
    if (value == null || value instanceof Boolean) {
      return (Boolean) value;
    }
    error(key, Sentence.of("kind.no-flag", FieldValues.kind(value)));
    return null;
  }

  /** An object, an empty one where it is not given. */
  Fields object(String key) {
    Object value = ask(key);
    return of(value == null ? Map.of() : value, path(key), problems);
  }

  /** A value as it is, for another reader. */
  Object value(String key) {
    return ask(key);
  }

  /** A list of texts, without those that are refused; none may be given twice. */
  <T> List<T> texts(String key, Parser<T> parser) {
    Once once = new Once();
    return list(
        key,
        (at, value) ->
            values.text(at, value, (place, text) -> once.take(at, parser.parse(at, text))));
  }

  <T> List<T> texts(String key, Function<String, T> parser) {
    return texts(key, (at, text) -> parser.apply(text));
  }

  /**
   * A list of whole numbers, without those that are refused.
   *
   * @param rule takes a number's path and the number, and throws IllegalArgumentException with the
   *     reason where it is refused
   */
  List<Integer> numbers(String key, int least, int most, BiConsumer<String, Integer> rule) {
    return list(
        key,
        (at, value) -> {
          Integer number = values.number(at, value, least, most);
          if (number != null) {
            problems.check(at, () -> rule.accept(at, number));
          }
          return number;
        });
  }

  /** A list of objects; the reader's null is left out. */
  <T> List<T> objects(String key, Function<Fields, T> reader) {
    return list(
        key,
        (at, value) -> {
          Fields fields = of(value, at, problems);
          T read = reader.apply(fields);
          fields.done();
          return fields.broken ? null : read;
        });
  }

  private <T> List<T> list(String key, ElementReader<T> reader) {
    Object value = ask(key);
    List<T> read = new ArrayList<>();
    if (value instanceof List<?> elements) {
      for (int i = 0; i < elements.size(); i++) {
        String at = Json.element(path(key), i);
        if (elements.get(i) == null) {
          problems.add(at, Sentence.of("value.null"));
          continue;
        }
        T element = reader.read(at, elements.get(i));
        if (element != null) {
          read.add(element);
        }
      }
    } else if (value != null) {
      error(key, Sentence.of("kind.no-list", FieldValues.kind(value)));
    }
    return read;
  }

  @FunctionalInterface
  private interface ElementReader<T> {
    T read(String path, Object value);
  }

  /** Runs a rule that throws IllegalArgumentException; its reason becomes this field's error. */
  void check(String key, Runnable rule) {
    problems.check(path(key), rule);
  }

  /** For an object of which it is not known what it is: no field of it is looked at. */
  void skip() {
    members.keySet().forEach(member -> asked.add((String) member));
  }

  /** To be called last: what was never asked for is not known. */
  void done() {
    for (Object member : members.keySet()) {
      String name = (String) member;
      if (!asked.contains(name)) {
        String near =
            name.length() > MAX_NAME ? null : Suggestion.nearest(name, List.copyOf(asked));
        error(
            name,
            near == null
                ? Sentence.of("member.unknown")
                : Sentence.of("member.unknown-near", near));
      }
    }
  }

  private Object ask(String key) {
    asked.add(key);
    return members.get(key);
  }
}
