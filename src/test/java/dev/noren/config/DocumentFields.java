package dev.noren.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The fields of the document, as those see them who say what has become different. */
public final class DocumentFields {
  private DocumentFields() {}

  /** The paths of all members that the full document has, and of what they are parts of. */
  public static List<String> all() {
    Set<String> paths = new TreeSet<>();
    try {
      collect("", RouterTree.of(RouterJson.read("full.json", Documents.FULL)), paths);
    } catch (ConfigException e) {
      throw new IllegalStateException(e);
    }
    paths.remove("schema");
    return List.copyOf(paths);
  }

  private static void collect(String path, Object value, Set<String> paths) {
    if (!path.isEmpty() && !path.contains("pairing.")) {
      paths.add(path);
    }
    switch (value) {
      case Map<?, ?> members ->
          members.forEach((name, each) -> collect(Json.member(path, (String) name), each, paths));
      case List<?> elements -> {
        for (int i = 0; i < elements.size(); i++) {
          if (elements.get(i) instanceof Map) {
            collect(Json.element(path, i), elements.get(i), paths);
          }
        }
      }
      case null, default -> {}
    }
  }
}
