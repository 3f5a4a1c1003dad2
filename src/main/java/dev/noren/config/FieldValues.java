package dev.noren.config;

import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.util.List;
import java.util.Map;

/** Takes single values of a document for what they should be; where they are not, it says so. */
final class FieldValues {
  private final Problems problems;

  FieldValues(Problems problems) {
    this.problems = problems;
  }

  <T> T text(String at, Object value, Fields.Parser<T> parser) {
    if (!(value instanceof String text)) {
      problems.add(at, Sentence.of("kind.no-text", kind(value)));
      return null;
    }
    try {
      if (text.isEmpty()) {
        throw new Refused("value.empty");
      }
      return parser.parse(at, text);
    } catch (IllegalArgumentException e) {
      problems.add(at, Sentence.of(e));
      return null;
    }
  }

  Integer number(String at, Object value, int least, int most) {
    Sentence wanted = Sentence.of("number.whole", least, most);
    if (!(value instanceof Json.Num number)) {
      problems.add(at, Sentence.of("kind.no-number", kind(value), wanted));
      return null;
    }
    long read = Values.decimal(number.text(), most);
    if (read < least) {
      problems.add(at, Sentence.of("number.other", Values.unquoted(number.text()), wanted));
      return null;
    }
    return (int) read;
  }

  static Sentence kind(Object value) {
    return switch (value) {
      case null -> Sentence.plain("null");
      case Map<?, ?> object -> Sentence.of("kind.object");
      case List<?> list -> Sentence.of("kind.list");
      case String text -> Sentence.of("kind.text");
      case Boolean flag -> Sentence.plain(flag.toString());
      default -> Sentence.of("kind.number");
    };
  }
}
