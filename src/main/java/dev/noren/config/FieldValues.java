package dev.noren.config;

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
      problems.add(at, "is " + kind(value) + ": give text in double quotes");
      return null;
    }
    try {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("is empty: give a value or leave it out");
      }
      return parser.parse(at, text);
    } catch (IllegalArgumentException e) {
      problems.add(at, e.getMessage());
      return null;
    }
  }

  Integer number(String at, Object value, int least, int most) {
    String wanted = "a whole number from " + least + " to " + most;
    if (!(value instanceof Json.Num number)) {
      problems.add(at, "is " + kind(value) + ": give " + wanted + ", without quotes");
      return null;
    }
    long read = Values.decimal(number.text(), most);
    if (read < least) {
      problems.add(at, Values.quoted(number.text()).replace("\"", "") + " is not " + wanted);
      return null;
    }
    return (int) read;
  }

  static String kind(Object value) {
    return switch (value) {
      case null -> "null";
      case Map<?, ?> object -> "an object";
      case List<?> list -> "a list";
      case String text -> "text";
      case Boolean flag -> flag ? "true" : "false";
      default -> "a number";
    };
  }
}
