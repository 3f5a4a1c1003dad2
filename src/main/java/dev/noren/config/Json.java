package dev.noren.config;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;
import dev.noren.text.Sentence;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON (RFC 8259, nothing laxer) as a tree of plain values and back: a Map in the order of the
 * text, a List, a String, a Boolean, a {@link Num} or null.
 */
final class Json {
  private static final Pattern PLACE = Pattern.compile("at line (\\d+) column (\\d+)");

  /** A name that is no secret, or it would have more letters or others. */
  private static final Pattern SHOWABLE = Pattern.compile("[A-Za-z0-9_-]{1,24}");

  /** What stands in a path for a name that could be a secret. */
  static final String NOT_SHOWN = "(a name that is not shown)";

  private Json() {}

  /**
   * A number as it was written: what it may be is for its reader to say.
   *
   * @param text digits, perhaps with a sign, a point and an exponent
   */
  record Num(String text) {
    static Num of(long value) {
      return new Num(Long.toString(value));
    }
  }

  /**
   * Reads one text. A name that an object has twice is a problem of that path.
   *
   * @throws ConfigException where it is no JSON
   */
  static Object parse(String text, Problems problems) throws ConfigException {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      Object value = value(reader, "", problems);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new MalformedJsonException("something follows the document");
      }
      return value;
    } catch (EOFException e) {
      throw problems.fatal(0, Sentence.of("json.cut"));
    } catch (IOException e) {
      Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
      boolean known = place.find();
      throw problems.fatal(
          known ? Integer.parseInt(place.group(1)) : 0,
          known ? Sentence.of("json.form-at", place.group(2)) : Sentence.of("json.form"));
    }
  }

  private static Object value(JsonReader reader, String path, Problems problems)
      throws IOException {
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> object(reader, path, problems);
      case BEGIN_ARRAY -> list(reader, path, problems);
      case STRING -> reader.nextString();
      case NUMBER -> new Num(reader.nextString());
      case BOOLEAN -> reader.nextBoolean();
      default -> {
        reader.nextNull();
        yield null;
      }
    };
  }

  private static Map<String, Object> object(JsonReader reader, String path, Problems problems)
      throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      String memberPath = member(path, name);
      boolean twice = members.containsKey(name);
      if (twice) {
        problems.add(memberPath, Sentence.of("member.twice"));
      }
      Object value = value(reader, memberPath, problems);
      members.putIfAbsent(name, value);
    }
    reader.endObject();
    return members;
  }

  private static List<Object> list(JsonReader reader, String path, Problems problems)
      throws IOException {
    List<Object> elements = new ArrayList<>();
    reader.beginArray();
    while (reader.peek() != JsonToken.END_ARRAY) {
      elements.add(value(reader, element(path, elements.size()), problems));
    }
    reader.endArray();
    return elements;
  }

  /** The path of an object's member; a name that could be a secret is not in it. */
  static String member(String path, String name) {
    String shown = SHOWABLE.matcher(name).matches() ? name : NOT_SHOWN;
    return path.isEmpty() ? shown : path + "." + shown;
  }

  /** The path of a list's element. */
  static String element(String path, int index) {
    return path + "[" + index + "]";
  }

  /** The tree as text, indented, with a line end. {@link #parse} makes the same tree of it. */
  static String write(Object tree) {
    return write(tree, "  ") + "\n";
  }

  /** The tree as text on one line. */
  static String writeOnOneLine(Object tree) {
    return write(tree, "");
  }

  private static String write(Object tree, String indent) {
    StringWriter text = new StringWriter();
    try (JsonWriter writer = new JsonWriter(text)) {
      writer.setStrictness(Strictness.STRICT);
      writer.setIndent(indent);
      write(writer, tree);
    } catch (IOException e) {
      throw new IllegalStateException("a string in memory can't be written", e);
    }
    return text.toString();
  }

  private static void write(JsonWriter writer, Object value) throws IOException {
    switch (value) {
      case null -> writer.nullValue();
      case Map<?, ?> members -> {
        writer.beginObject();
        for (Map.Entry<?, ?> member : members.entrySet()) {
          writer.name((String) member.getKey());
          write(writer, member.getValue());
        }
        writer.endObject();
      }
      case List<?> elements -> {
        writer.beginArray();
        for (Object element : elements) {
          write(writer, element);
        }
        writer.endArray();
      }
      case String text -> writer.value(text);
      case Num number -> writer.jsonValue(number.text());
      case Boolean flag -> writer.value(flag);
      default -> throw new IllegalArgumentException(value.getClass() + " is no JSON value");
    }
  }
}
