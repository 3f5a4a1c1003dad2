package dev.noren.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.config.Form.Kind;
import dev.noren.web.Advice.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What the wizard asks and what it says to the answers, out of one table. */
final class AdviceTable {
  private static final String ANY = "*";
  private static final List<String> MODELS = List.of("equals", "hub", "calls-in", "provider");

  /** The table in force; below what it is read with. */
  static final AdviceTable TABLE = parse(text());

  private final Map<String, List<String>> questions = new LinkedHashMap<>();
  private final List<Row> rows = new ArrayList<>();
  private final Map<Kind, List<Part>> pictures = new EnumMap<>(Kind.class);

  private AdviceTable() {}

  /**
   * A row of the table.
   *
   * @param kind advice, caution or unfit
   * @param fits the choices that it is for, of each question in order; empty for any
   * @param says what is behind these
   */
  record Row(String kind, List<List<String>> fits, List<String> says) {
    Row {
      fits = List.copyOf(fits);
      says = List.copyOf(says);
    }

    boolean isFor(List<String> answers) {
      for (int i = 0; i < answers.size(); i++) {
        if (!fits.get(i).isEmpty() && !fits.get(i).contains(answers.get(i))) {
          return false;
        }
      }
      return true;
    }
  }

  private static String text() {
    try (InputStream in = AdviceTable.class.getResourceAsStream("advice.txt")) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a table.
   *
   * @throws IllegalArgumentException with a sentence that names the line
   */
  static AdviceTable parse(String text) {
    AdviceTable table = new AdviceTable();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        table.add(Arrays.stream(line.split("\\|", -1)).map(String::strip).toList());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("advice, line " + number + ": " + e.getMessage(), e);
      }
    }
    return table;
  }

  private void add(List<String> columns) {
    int asked = questions.size();
    String kind = columns.getFirst();
    if (kind.equals("question") && columns.size() == 3 && rows.isEmpty()) {
      questions.put(columns.get(1), words(columns.get(2)));
    } else if (kind.equals("picture") && columns.size() == 3) {
      pictures.put(kind(columns.get(1)), parts(words(columns.get(2))));
    } else if (kind.equals("advice") && columns.size() == asked + 3) {
      kind(columns.get(asked + 1));
      if (!MODELS.contains(columns.get(asked + 2))) {
        throw new IllegalArgumentException(columns.get(asked + 2) + " is none of " + MODELS);
      }
      rows.add(row(columns));
    } else if ((kind.equals("caution") || kind.equals("unfit")) && columns.size() == asked + 2) {
      rows.add(row(columns));
    } else {
      throw new IllegalArgumentException(
          "this is no row: give a question, and behind all questions an advice, caution or unfit"
              + " with a column for each, or a picture");
    }
  }

  private static List<String> words(String text) {
    return List.of(text.split(" +", -1));
  }

  private static Kind kind(String word) {
    return Kind.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static List<Part> parts(List<String> words) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < words.size(); i += 2) {
      String between = i + 1 < words.size() ? words.get(i + 1) : "-";
      if (!between.matches("[=-]")) {
        throw new IllegalArgumentException(between + " stands between two parts: give = or -");
      }
      parts.add(new Part(words.get(i), between.equals("=")));
    }
    return parts;
  }

  private Row row(List<String> columns) {
    List<List<String>> fits = new ArrayList<>();
    for (Map.Entry<String, List<String>> question : questions.entrySet()) {
      String column = columns.get(fits.size() + 1);
      List<String> choices = column.equals(ANY) ? List.of() : words(column);
      if (!question.getValue().containsAll(choices)) {
        throw new IllegalArgumentException(
            "\"%s\" are not all choices of %s, which are %s"
                .formatted(column, question.getKey(), question.getValue()));
      }
      fits.add(choices);
    }
    return new Row(columns.getFirst(), fits, columns.subList(fits.size() + 1, columns.size()));
  }

  /** What is asked: the choices of each question, in order. */
  Map<String, List<String>> questions() {
    return questions;
  }

  List<Row> rows() {
    return rows;
  }

  /** What a way of use joins. */
  List<Part> picture(Kind form) {
    return pictures.get(form);
  }

  /** What is said to these answers, one for each question. */
  Advice of(List<String> answers) {
    List<Row> fitting = rows.stream().filter(row -> row.isFor(answers)).toList();
    List<String> first =
        fitting.stream()
            .filter(row -> row.kind().equals("advice"))
            .map(Row::says)
            .findFirst()
            .orElse(null);
    Objects.requireNonNull(first, () -> "no advice for " + answers);
    return new Advice(
        kind(first.getFirst()), first.getLast(), all(fitting, "caution"), all(fitting, "unfit"));
  }

  private static List<String> all(List<Row> rows, String kind) {
    return rows.stream()
        .filter(row -> row.kind().equals(kind))
        .map(row -> row.says().getFirst())
        .toList();
  }
}
