package dev.noren.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The document that has every field, and others made of it. */
public final class Documents {
  /** full.json. */
  public static final String FULL = resource("full.json");

  private Documents() {}

  static String resource(String name) {
    try {
      return Files.readString(
          Path.of(Documents.class.getResource("/config/router/" + name).toURI()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object tree(String text) throws ConfigException {
    return Json.parse(text, new Problems("test"));
  }

  /** The full document with changes: {@code path = JSON}, several between " ; ". */
  public static String changed(String changes) throws ConfigException {
    Object tree = tree(FULL);
    for (String change : changes.split(" ; ", -1)) {
      String[] sides = change.split(" = ", 2);
      DocumentPath.parse(sides[0]).put(tree, tree(sides[1]));
    }
    return Json.write(tree);
  }

  /** The full document without the member at this path. */
  static String without(String path) throws ConfigException {
    Object tree = tree(FULL);
    Object at = tree;
    List<Object> steps = DocumentPath.parse(path).steps();
    for (Object step : steps.subList(0, steps.size() - 1)) {
      at = step instanceof Integer i ? ((List<?>) at).get(i) : ((Map<?, ?>) at).get(step);
    }
    ((Map<?, ?>) at).remove(steps.getLast());
    return Json.write(tree);
  }

  /** Every value in the full document that is not null, by its path. */
  static Map<String, Object> values() throws ConfigException {
    Map<String, Object> values = new LinkedHashMap<>();
    collect("", tree(FULL), values);
    values.remove("");
    return values;
  }

  private static void collect(String path, Object value, Map<String, Object> values) {
    if (value != null) {
      values.put(path, value);
    }
    if (value instanceof Map<?, ?> members) {
      members.forEach((name, each) -> collect(Json.member(path, (String) name), each, values));
    } else if (value instanceof List<?> elements) {
      for (int i = 0; i < elements.size(); i++) {
        collect(Json.element(path, i), elements.get(i), values);
      }
    }
  }
}
