package dev.noren.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a shop's owner calls a field of the document: its row, or that of what it is a part of. */
public final class FieldWords {
  private static final String ROWS = "field.";

  /** The rows of members that are the same wherever they stand. */
  private static final String EACH = "field.each.";

  private static final Pattern INDEX = Pattern.compile("\\[\\d+\\]");

  /** What needs no name, or has none. */
  private static final Set<String> UNNAMED = Set.of("field.forms.pairing");

  /** A path, and behind it what is called so. */
  private static final Pattern CALLED = Pattern.compile("(\\S+) \\((.+)\\)");

  private FieldWords() {}

  /**
   * The plain words for a field.
   *
   * @param path as in {@code forms[0].devices[2].expires}
   */
  public static Sentence of(String path) {
    Map<String, String> rows = Words.of(Language.ENGLISH).texts();
    List<String> members =
        new ArrayList<>(List.of(INDEX.matcher(path).replaceAll("").split("\\.")));
    while (!members.isEmpty()) {
      for (int from = 0; from == 0 || from < members.size() - 1; from++) {
        String key = ROWS + String.join(".", members.subList(from, members.size()));
        if (rows.containsKey(key)) {
          return Sentence.of(key);
        }
      }
      if (rows.containsKey(EACH + members.getLast())) {
        return Sentence.of(EACH + members.getLast());
      }
      members.removeLast();
    }
    return Sentence.plain(path);
  }

  /**
   * The same with the name of what is meant.
   *
   * @param text as in {@code tunnels[0] (hq)}, or a path alone
   */
  static Sentence called(String text) {
    Matcher called = CALLED.matcher(text);
    return called.matches() ? called(called.group(1), called.group(2)) : of(text);
  }

  /**
   * The plain words for a thing of the document that has a name.
   *
   * @param path where it is
   * @param name what it is called, or null
   */
  public static Sentence called(String path, String name) {
    Sentence field = of(path);
    if (field.key() == null) {
      return field;
    }
    if (name == null || name.isEmpty() || UNNAMED.contains(field.key())) {
      return field;
    }
    // A way of use is called by its kind, which has words of its own.
    String use = "use." + name;
    boolean kind =
        field.key().equals("field.forms") && Words.of(Language.ENGLISH).texts().containsKey(use);
    return Sentence.of("said.called", field, kind ? Sentence.of(use) : name);
  }
}
