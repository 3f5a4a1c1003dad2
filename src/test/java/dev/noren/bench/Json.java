package dev.noren.bench;

import dev.noren.bench.Results.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The results as JSON (RFC 8259): the head, and of each measure every run's figure. */
final class Json {
  private Json() {}

  static String of(Map<String, String> head, Results results) {
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("head", head);
    whole.put("yardstick", results.yardstick().name());
    List<Object> measures = new ArrayList<>();
    for (Measure measure : results.measures()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("key", measure.key());
      one.put("title", measure.title());
      one.put("unit", measure.unit());
      one.put("better", measure.moreIsBetter() ? "more" : "less");
      one.put("results", results(results, measure));
      measures.add(one);
    }
    whole.put("measures", measures);
    return render(whole, "\n") + "\n";
  }

  private static List<Object> results(Results results, Measure measure) {
    List<Object> all = new ArrayList<>();
    for (Contestant contestant : results.contestants()) {
      Figures figures = results.figures(contestant, measure);
      if (figures != null) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", contestant.name());
        one.put("role", contestant.role().name().toLowerCase(Locale.ROOT));
        one.put("median", figures.median());
        one.put("least", figures.least());
        one.put("most", figures.most());
        one.put("ratio", results.ratio(contestant, measure));
        one.put("values", figures.values());
        all.add(one);
      }
    }
    return all;
  }

  /** A list of numbers stays on one line, all else has a line for each member. */
  private static String render(Object value, String newLine) {
    String deeper = newLine + "  ";
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(e -> render(e.getKey(), deeper) + ": " + render(e.getValue(), deeper))
          .collect(Collectors.joining("," + deeper, "{" + deeper, newLine + "}"));
    }
    if (value instanceof List<?> list) {
      boolean flat = list.stream().allMatch(Number.class::isInstance);
      String between = flat ? " " : deeper;
      return list.stream()
          .map(member -> render(member, deeper))
          .collect(
              Collectors.joining(
                  "," + between, flat ? "[" : "[" + deeper, flat ? "]" : newLine + "]"));
    }
    if (value instanceof Double number) {
      // JSON knows no NaN.
      return number.isNaN() ? "null" : String.format(Locale.ROOT, "%.4f", number);
    }
    return quote(value.toString());
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
