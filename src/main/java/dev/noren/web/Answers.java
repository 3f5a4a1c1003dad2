package dev.noren.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What somebody has answered so far. It stands in the page's address, so that going back and
 * beginning anew need nothing else.
 *
 * @param questions what is asked: choices by the question's name, in order
 * @param given a choice for each question from the first on, as far as there are answers
 */
record Answers(Map<String, List<String>> questions, Map<String, String> given) {
  /** The answers of an address; one that is none, and all behind it, is asked again. */
  static Answers of(Map<String, List<String>> questions, UnaryOperator<String> query) {
    Map<String, String> given = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> question : questions.entrySet()) {
      String answer = query.apply(question.getKey());
      if (answer == null || !question.getValue().contains(answer)) {
        break;
      }
      given.put(question.getKey(), answer);
    }
    return new Answers(questions, given);
  }

  /** The question that comes next, or null where all have an answer. */
  String next() {
    return questions.keySet().stream()
        .filter(each -> !given.containsKey(each))
        .findFirst()
        .orElse(null);
  }

  /** Which one that is, from 1. */
  int number() {
    return given.size() + 1;
  }

  /** As an address has them: "" or with & at its end. */
  String query() {
    return given.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue() + "&")
        .collect(Collectors.joining());
  }

  /** Without the last one. */
  Answers before() {
    Map<String, String> fewer = new LinkedHashMap<>(given);
    given.keySet().stream().reduce((one, next) -> next).ifPresent(fewer::remove);
    return new Answers(questions, fewer);
  }
}
