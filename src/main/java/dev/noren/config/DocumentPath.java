package dev.noren.config;

import dev.noren.text.Refused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a value in a document, as its errors name it: {@code tunnels[0].peers[1].endpoint}.
 *
 * @param steps member names and, as Integers, the indices of elements
 */
record DocumentPath(List<Object> steps) {
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9_-]+(\\[\\d{1,6}\\])*(\\.[A-Za-z0-9_-]+(\\[\\d{1,6}\\])*)*");
  private static final Pattern STEP = Pattern.compile("\\[(\\d+)\\]|[A-Za-z0-9_-]+");

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException with a sentence
   */
  static DocumentPath parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new Refused("path.form", Values.quoted(text));
    }
    List<Object> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(text);
    while (matcher.find()) {
      steps.add(matcher.group(1) == null ? matcher.group() : Integer.valueOf(matcher.group(1)));
    }
    return new DocumentPath(List.copyOf(steps));
  }

  /**
   * Puts a value there. Objects on the way that are missing are made; an index just behind a list's
   * end adds an element.
   *
   * @param tree what {@link Json#parse} gave; it is changed
   * @throws IllegalArgumentException with a sentence, where there is no such place
   */
  void put(Object tree, Object value) {
    Object at = tree;
    String path = "";
    for (int i = 0; i < steps.size(); i++) {
      boolean last = i == steps.size() - 1;
      Object next = last ? null : steps.get(i + 1) instanceof Integer ? list() : object();
      if (steps.get(i) instanceof Integer index) {
        at = intoList(at, path, index, last ? value : next, last);
        path = Json.element(path, index);
      } else {
        String name = (String) steps.get(i);
        at = intoObject(at, path, name, last ? value : next, last);
        path = Json.member(path, name);
      }
    }
  }

  private static Map<String, Object> object() {
    return new LinkedHashMap<>();
  }

  private static List<Object> list() {
    return new ArrayList<>();
  }

  @SuppressWarnings("unchecked") // the tree is Json's
  private static Object intoObject(
      Object at, String path, String name, Object value, boolean last) {
    if (at instanceof List) {
      throw new Refused("path.is-list", path, name);
    }
    if (!(at instanceof Map)) {
      throw new Refused("path.no-object", path, name);
    }
    Map<String, Object> members = (Map<String, Object>) at;
    if (last || members.get(name) == null) {
      members.put(name, value);
    }
    return members.get(name);
  }

  @SuppressWarnings("unchecked") // the tree is Json's
  private static Object intoList(Object at, String path, int index, Object value, boolean last) {
    if (!(at instanceof List)) {
      throw new Refused("path.no-list", path, index);
    }
    List<Object> elements = (List<Object>) at;
    if (index > elements.size()) {
      throw new Refused("path.beyond", path, index, elements.size());
    }
    if (index == elements.size()) {
      elements.add(value);
    } else if (last) {
      elements.set(index, value);
    }
    return elements.get(index);
  }
}
