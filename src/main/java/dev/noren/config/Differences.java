package dev.noren.config;

import dev.noren.text.FieldWords;
import dev.noren.text.Past;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What is different between two configurations, field by field, without a secret. */
public final class Differences {
  private static final int MOST_IN_SUMMARY = 3;

  private final List<Difference> found = new ArrayList<>();

  private Differences() {}

  /**
   * One field.
   *
   * @param path where it is
   * @param text what happened to it, as in {@code true → false}
   * @param called what is added or removed, or null where a value is changed
   * @param says the same in the words of the shop
   */
  public record Difference(String path, String text, String called, Sentence says) {
    /** As a machine reads it, as in {@code lan.dhcp.on: true → false}. */
    @Override
    public String toString() {
      return path + ": " + text;
    }
  }

  /** All of them, as they stand in the document. */
  public static List<Difference> between(RouterConfig before, RouterConfig after) {
    Differences differences = new Differences();
    differences.compare("", "", null, RouterTree.of(before), RouterTree.of(after));
    return differences.found;
  }

  /**
   * The same on one line, with the paths alone and what is there or gone: {@code lan.dhcp.on,
   * tunnels[0] (hq), and 2 more}.
   */
  public static String summary(RouterConfig before, RouterConfig after) {
    List<String> paths =
        between(before, after).stream()
            .map(each -> each.path() + (each.called() == null ? "" : each.called()))
            .toList();
    if (paths.isEmpty()) {
      return Past.words("past.nothing");
    }
    int more = paths.size() - MOST_IN_SUMMARY;
    String first = String.join(", ", paths.subList(0, Math.min(paths.size(), MOST_IN_SUMMARY)));
    return more > 0 ? Past.words("past.more", first, more) : first;
  }

  private void compare(String path, String name, Sentence of, Object before, Object after) {
    if (before instanceof Map<?, ?> one && after instanceof Map<?, ?> other) {
      Set<Object> names = new LinkedHashSet<>(one.keySet());
      names.addAll(other.keySet());
      for (Object each : names) {
        String member = (String) each;
        compare(Json.member(path, member), member, of, one.get(each), other.get(each));
      }
    } else if (holdsObjects(before) || holdsObjects(after)) {
      compareLists(path, listOf(before), listOf(after));
    } else if (before instanceof Map<?, ?> && after == null) {
      gone(path, before);
    } else if (before == null && after instanceof Map<?, ?>) {
      come(path, after);
    } else if (!Objects.equals(before, after)) {
      change(path, RouterTree.SECRETS.contains(name), of, before, after);
    }
  }

  private void compareLists(String path, List<?> before, List<?> after) {
    for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
      String element = Json.element(path, i);
      if (i >= before.size()) {
        come(element, after.get(i));
      } else if (i >= after.size()) {
        gone(element, before.get(i));
      } else {
        Sentence of = FieldWords.called(element, nameOf(before.get(i)));
        compare(element, "", of, before.get(i), after.get(i));
      }
    }
  }

  private void come(String path, Object object) {
    Sentence what = FieldWords.called(path, nameOf(object));
    found.add(
        new Difference(
            path, "added" + called(object), called(object), Sentence.of("difference.added", what)));
  }

  private void gone(String path, Object object) {
    Sentence what = FieldWords.called(path, nameOf(object));
    found.add(
        new Difference(
            path,
            "removed" + called(object),
            called(object),
            Sentence.of("difference.removed", what)));
  }

  private void change(String path, boolean secret, Sentence of, Object before, Object after) {
    Sentence field = FieldWords.of(path);
    Sentence what = of == null ? field : Sentence.of("difference.of", of, field);
    found.add(
        secret
            ? new Difference(
                path, "changed (a secret)", null, Sentence.of("difference.secret", what))
            : new Difference(
                path,
                shown(before) + " → " + shown(after),
                null,
                Sentence.of("difference.changed", what, said(before), said(after))));
  }

  /** A value as a person writes it. */
  private static Object said(Object value) {
    return switch (value) {
      case null -> Sentence.of("difference.none");
      case Boolean on -> Sentence.of(on ? "difference.on" : "difference.off");
      case List<?> several when several.isEmpty() -> Sentence.of("difference.none");
      case List<?> several -> several.stream().map(Differences::said).toList();
      case String text -> text;
      default -> shown(value);
    };
  }

  /** Another kind of form may not have the list at all. */
  private static List<?> listOf(Object value) {
    return value == null ? List.of() : (List<?>) value;
  }

  private static boolean holdsObjects(Object value) {
    return value instanceof List<?> elements
        && !elements.isEmpty()
        && elements.getFirst() instanceof Map;
  }

  /** The first member of each kind of object says which one it is. */
  private static String called(Object object) {
    String name = nameOf(object);
    return name == null ? "" : " (" + name + ")";
  }

  private static String nameOf(Object object) {
    Object first = ((Map<?, ?>) object).values().iterator().next();
    return first == null ? null : first.toString();
  }

  private static String shown(Object value) {
    return Json.writeOnOneLine(value);
  }
}
