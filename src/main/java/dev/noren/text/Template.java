package dev.noren.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A row of the English words, by which a text is found to have been made from it.
 *
 * @param key the row's key
 * @param pieces what stands around what goes into it, one more than {@code places}
 * @param places the number of what goes in behind each piece
 * @param letters how many letters the pieces have
 */
record Template(String key, List<String> pieces, List<Integer> places, int letters) {
  private static final Pattern PLACE = Pattern.compile("\\{(\\d)\\}");

  /** Which rows are looked at. */
  interface Wanted {
    boolean isWanted(String key, int letters);
  }

  /** All rows that are wanted. */
  static List<Template> all(Wanted wanted) {
    List<Template> all = new ArrayList<>();
    for (Map.Entry<String, String> row : Words.of(Language.ENGLISH).texts().entrySet()) {
      Template template = of(row.getKey(), row.getValue());
      if (template.letters() > 0 && wanted.isWanted(template.key(), template.letters())) {
        all.add(template);
      }
    }
    return List.copyOf(all);
  }

  private static Template of(String key, String text) {
    List<String> pieces = Arrays.asList(PLACE.split(text, -1));
    List<Integer> places =
        PLACE
            .matcher(text)
            .results()
            .map((MatchResult each) -> Integer.parseInt(each.group(1)))
            .toList();
    return new Template(key, pieces, places, pieces.stream().mapToInt(String::length).sum());
  }

  /** What went into it, in the order of {@code places}; null where the text is not made from it. */
  List<String> matches(String text) {
    if (!text.startsWith(pieces.getFirst())
        || !text.endsWith(pieces.getLast())
        || text.length() < letters) {
      return null;
    }
    List<String> found = new ArrayList<>();
    int from = pieces.getFirst().length();
    for (int i = 1; i < pieces.size(); i++) {
      boolean last = i == pieces.size() - 1;
      int to = last ? text.length() - pieces.get(i).length() : text.indexOf(pieces.get(i), from);
      if (to < from) {
        return null;
      }
      found.add(text.substring(from, to));
      from = to + pieces.get(i).length();
    }
    return pieces.size() > 1 || from == text.length() ? found : null;
  }

  /** The sentence that the text was made from. */
  Sentence said(List<String> found, Function<String, Object> reading) {
    Object[] arguments = new Object[places.stream().mapToInt(each -> each + 1).max().orElse(0)];
    Arrays.fill(arguments, "");
    for (int i = 0; i < found.size(); i++) {
      arguments[places.get(i)] = reading.apply(found.get(i));
    }
    return Sentence.of(key, arguments);
  }
}
