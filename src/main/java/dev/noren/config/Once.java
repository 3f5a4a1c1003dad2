package dev.noren.config;

import dev.noren.text.Refused;
import java.util.HashMap;
import java.util.Map;

/** Values that may be given once, and where each was given first. */
final class Once {
  private final Map<Object, String> paths = new HashMap<>();

  /**
   * Takes a value.
   *
   * @return the value
   * @throws IllegalArgumentException where another path has it
   */
  <T> T take(String path, T value) {
    String first = paths.putIfAbsent(value, path);
    if (first != null) {
      throw new Refused("once.same", first);
    }
    return value;
  }

  /** Gives another all of this that it does not have. */
  void addTo(Once other) {
    paths.forEach(other.paths::putIfAbsent);
  }

  boolean has(Object value) {
    return paths.containsKey(value);
  }

  /** Where a value was given, or null. */
  String pathOf(Object value) {
    return paths.get(value);
  }
}
