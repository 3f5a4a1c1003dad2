package dev.noren.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Metrics in Prometheus' text format, version 0.0.4. A family without a value is left out, as one
 * that says nothing is no news.
 */
final class Exposition {
  private static final Pattern NAME = Pattern.compile("[a-z][a-zA-Z0-9_]*");

  private final List<Family> families = new ArrayList<>();

  /** A number that only grows, but for a restart, which begins it anew. */
  Family counter(String name, String help) {
    if (!name.endsWith("_total")) {
      throw new IllegalArgumentException(name + ": a counter's name ends in _total");
    }
    return family(name, "counter", help);
  }

  /** A number that goes up and down. */
  Family gauge(String name, String help) {
    return family(name, "gauge", help);
  }

  private Family family(String name, String type, String help) {
    if (!NAME.matcher(name).matches() || families.stream().anyMatch(f -> f.name.equals(name))) {
      throw new IllegalArgumentException(name + ": no name, or one that is there already");
    }
    Family family = new Family(name, type, help);
    families.add(family);
    return family;
  }

  /** All of it. */
  String text() {
    StringBuilder text = new StringBuilder();
    families.forEach(family -> family.write(text));
    return text.toString();
  }

  /** The values of one name, told apart by their labels. */
  static final class Family {
    private final String name;
    private final String type;
    private final String help;
    private final Map<String, String> values = new LinkedHashMap<>();

    private Family(String name, String type, String help) {
      this.name = name;
      this.type = type;
      this.help = help;
    }

    /**
     * Adds a value. One with labels that are there already is left out, as for it the whole text
     * would be refused.
     *
     * @param labels names and values in turns; a value of null or "" is as good as none
     */
    Family add(double value, String... labels) {
      values.putIfAbsent(labels(labels), number(value));
      return this;
    }

    /** The same of a whole number, to its last digit. */
    Family add(long value, String... labels) {
      values.putIfAbsent(labels(labels), Long.toString(value));
      return this;
    }

    private void write(StringBuilder text) {
      if (values.isEmpty()) {
        return;
      }
      text.append("# HELP ").append(name).append(' ').append(escaped(help, false)).append('\n');
      text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
      values.forEach(
          (labels, value) ->
              text.append(name).append(labels).append(' ').append(value).append('\n'));
    }
  }

  private static String labels(String... labels) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < labels.length; i += 2) {
      if (!NAME.matcher(labels[i]).matches()) {
        throw new IllegalArgumentException(labels[i] + ": no label's name");
      }
      if (labels[i + 1] != null && !labels[i + 1].isEmpty()) {
        text.append(text.isEmpty() ? "{" : ",")
            .append(labels[i])
            .append("=\"")
            .append(escaped(labels[i + 1], true))
            .append('"');
      }
    }
    return text.isEmpty() ? "" : text.append('}').toString();
  }

  private static String escaped(String text, boolean quoted) {
    String escaped = text.replace("\\", "\\\\").replace("\n", "\\n");
    return quoted ? escaped.replace("\"", "\\\"") : escaped;
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return Double.toString(value);
  }
}
