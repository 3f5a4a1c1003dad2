package dev.noren.config;

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
   */
  private record Difference(String path, String text) {}

  /** One line each, as in {@code lan.dhcp.on: true → false}. */
  public static List<String> between(RouterConfig before, RouterConfig after) {
    return find(before, after).stream().map(each -> each.path() + ": " + each.text()).toList();
  }

  /** The same on one line, with the paths alone: {@code lan.dhcp.on, dns.upstream, and 2 more}. */
  public static String summary(RouterConfig before, RouterConfig after) {
    List<String> paths = find(before, after).stream().map(Difference::path).toList();
    if (paths.isEmpty()) {
      return "nothing";
    }
    int more = paths.size() - MOST_IN_SUMMARY;
    return String.join(", ", paths.subList(0, Math.min(paths.size(), MOST_IN_SUMMARY)))
        + (more > 0 ? ", and " + more + " more" : "");
  }

  private static List<Difference> find(RouterConfig before, RouterConfig after) {
    Differences differences = new Differences();
    differences.compare("", "", RouterTree.of(before), RouterTree.of(after));
    return differences.found;
  }

  private void compare(String path, String name, Object before, Object after) {
    if (before instanceof Map<?, ?> one && after instanceof Map<?, ?> other) {
      Set<Object> names = new LinkedHashSet<>(one.keySet());
      names.addAll(other.keySet());
      for (Object each : names) {
        String member = (String) each;
        compare(Json.member(path, member), member, one.get(each), other.get(each));
      }
    } else if (holdsObjects(before) || holdsObjects(after)) {
      compareLists(path, listOf(before), listOf(after));
    } else if (before instanceof Map<?, ?> && after == null) {
      found.add(new Difference(path, "removed" + called(before)));
    } else if (before == null && after instanceof Map<?, ?>) {
      found.add(new Difference(path, "added" + called(after)));
    } else if (!Objects.equals(before, after)) {
      boolean secret = RouterTree.SECRETS.contains(name);
      found.add(
          new Difference(
              path, secret ? "changed (a secret)" : shown(before) + " → " + shown(after)));
    }
  }

  private void compareLists(String path, List<?> before, List<?> after) {
    for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
      String element = Json.element(path, i);
      if (i >= before.size()) {
        found.add(new Difference(element, "added" + called(after.get(i))));
      } else if (i >= after.size()) {
        found.add(new Difference(element, "removed" + called(before.get(i))));
      } else {
        compare(element, "", before.get(i), after.get(i));
      }
    }
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
    Object first = ((Map<?, ?>) object).values().iterator().next();
    return first == null ? "" : " (" + first + ")";
  }

  private static String shown(Object value) {
    return Json.writeOnOneLine(value);
  }
}
