package dev.noren.street;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a tunnel may change in a host: links, addresses, rules, routes, nft tables. Taken before
 * and after, two of them are equal when nothing was left behind.
 */
public record Traces(Map<String, String> seen) {
  private static final List<List<String>> QUESTIONS =
      List.of(
          List.of("ip", "-br", "link"),
          List.of("ip", "-br", "addr"),
          List.of("ip", "-4", "rule"),
          List.of("ip", "-6", "rule"),
          List.of("ip", "-4", "route", "show", "table", "all"),
          List.of("ip", "-6", "route", "show", "table", "all"),
          List.of("nft", "list", "ruleset"));

  /** Looks at a host now. */
  public static Traces of(Host host) {
    Map<String, String> seen = new TreeMap<>();
    for (List<String> question : QUESTIONS) {
      seen.put(String.join(" ", question), host.must(question.toArray(String[]::new)));
    }
    return new Traces(seen);
  }

  /** Waits until the host looks as it did when this was taken. */
  public void awaitBack(Host host) {
    Wait.until(
        "the host looks as before", Wait.LONG, () -> of(host).equals(this), () -> difference(host));
  }

  private String difference(Host host) {
    StringBuilder text = new StringBuilder();
    of(host)
        .seen
        .forEach(
            (question, now) -> {
              if (!now.equals(seen.get(question))) {
                text.append(
                    "%n`%s` said before:%n%snow:%n%s".formatted(question, seen.get(question), now));
              }
            });
    return text.toString();
  }
}
