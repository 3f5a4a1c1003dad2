package dev.noren.bench;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the environment asks of {@code make bench}.
 *
 * @param rounds how often each contestant runs, at most: ROUNDS, 5; see {@link Part#mostRounds}
 * @param seconds how long each load lasts: SECONDS, 3
 * @param only which parts run: ONLY, a comma-separated list of their words, all
 * @param peers more contestants: PEERS, see {@link Contestant#all}
 */
record Settings(int rounds, int seconds, Set<Part> only, String peers) {
  /** Fails with one sentence where a variable says what it can't. */
  static Settings of(Map<String, String> environment) {
    return new Settings(
        number(environment, "ROUNDS", 5),
        number(environment, "SECONDS", 3),
        parts(environment.getOrDefault("ONLY", "")),
        environment.getOrDefault("PEERS", ""));
  }

  private static int number(Map<String, String> environment, String variable, int otherwise) {
    String value = environment.getOrDefault(variable, "");
    if (value.isEmpty()) {
      return otherwise;
    }
    if (!value.matches("[1-9]\\d{0,3}")) {
      throw new IllegalArgumentException(
          variable + " is '" + value + "': give it a number from 1 to 9999.");
    }
    return Integer.parseInt(value);
  }

  private static Set<Part> parts(String list) {
    if (list.isBlank()) {
      return EnumSet.allOf(Part.class);
    }
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .map(Part::of)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
  }
}
