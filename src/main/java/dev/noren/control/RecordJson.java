package dev.noren.control;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import dev.noren.config.MacAddress;
import dev.noren.config.TunnelName;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.text.Language;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Records as JSON: an object with a member of the same name for each component, so that what is
 * added to a record is in its JSON too. Times are RFC 3339, addresses their usual text, constants
 * of an enum words in small letters, sentences text in some language.
 */
public final class RecordJson {
  /** A record whose null components are left out, and may be left out. */
  public interface Sparse {}

  /** Values that are one text each. */
  private static final Map<Class<?>, Function<String, Object>> TEXTS =
      Map.of(
          String.class, text -> text,
          Instant.class, Instant::parse,
          Cidr.class, Cidr::parse,
          IpAddress.class, IpAddress::parse,
          MacAddress.class, MacAddress::parse,
          TunnelName.class, TunnelName::new,
          Sentence.class, Sentence::plain);

  /** The path of the whole. */
  private static final String WHOLE = "";

  private static final String LANGUAGE = "language";

  private RecordJson() {}

  /** The record on one line, or indented for people; without a line end; sentences in English. */
  public static String write(Record value, boolean indented) {
    return write(value, indented, Language.ENGLISH);
  }

  /** The same with its sentences in a language. */
  public static String write(Record value, boolean indented, Language language) {
    StringWriter text = new StringWriter();
    try (JsonWriter writer = new JsonWriter(text)) {
      writer.setStrictness(Strictness.STRICT);
      writer.setIndent(indented ? "  " : "");
      write(writer, value, language);
    } catch (IOException e) {
      throw new IllegalStateException("a string in memory can't be written", e);
    }
    return text.toString();
  }

  private static void write(JsonWriter writer, Object value, Language language) throws IOException {
    switch (value) {
      case null -> writer.nullValue();
      case Boolean flag -> writer.value(flag);
      case Integer number -> writer.value(number);
      case Long number -> writer.value(number);
      case Sentence sentence -> writer.value(sentence.in(language));
      case Enum<?> word -> writer.value(wordOf(word));
      case List<?> elements -> {
        writer.beginArray();
        for (Object element : elements) {
          write(writer, element, language);
        }
        writer.endArray();
      }
      default -> {
        if (TEXTS.containsKey(value.getClass())) {
          writer.value(value.toString());
        } else {
          writeMembers(writer, (Record) value, language);
        }
      }
    }
  }

  private static void writeMembers(JsonWriter writer, Record object, Language language)
      throws IOException {
    writer.beginObject();
    for (RecordComponent component : object.getClass().getRecordComponents()) {
      Object value = get(component, object);
      if (value != null || !(object instanceof Sparse)) {
        writer.name(component.getName());
        write(writer, value, language);
      }
    }
    writer.endObject();
  }

  private static Object get(RecordComponent component, Record object) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(object);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " can't be read", e);
    }
  }

  /** The constant that a word stands for, or null where it stands for none of these. */
  public static <E extends Enum<E>> E constantOf(E[] all, String word) {
    for (E each : all) {
      if (wordOf(each).equals(word)) {
        return each;
      }
    }
    return null;
  }

  /** What stands for a constant. */
  public static String wordOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads what {@link #write} made.
   *
   * @throws Refused with what is wrong, as in {@code limit is not a whole number}
   */
  public static <T extends Record> T read(String text, Class<T> type) {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      Object value = record(reader, WHOLE, type);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new Refused("shape.more");
      }
      return type.cast(value);
    } catch (IOException e) {
      throw new Refused(Sentence.of("shape.no-json"), e);
    }
  }

  /** The language that an object asks for, which may be no object, or only the begin of one. */
  static Language language(String text) {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      reader.beginObject();
      while (reader.hasNext()) {
        if (reader.nextName().equals(LANGUAGE) && reader.peek() == JsonToken.STRING) {
          return Language.orEnglish(reader.nextString());
        }
        reader.skipValue();
      }
    } catch (IOException | IllegalStateException e) {
      // It is refused anyway, and this only says in which language.
      return Language.ENGLISH;
    }
    return Language.ENGLISH;
  }

  private static Object value(JsonReader reader, String path, Type type) throws IOException {
    if (type instanceof ParameterizedType list) {
      return list(reader, path, list.getActualTypeArguments()[0]);
    }
    Class<?> plain = (Class<?>) type;
    if (reader.peek() == JsonToken.NULL && !plain.isPrimitive()) {
      reader.nextNull();
      return null;
    }
    if (plain == boolean.class || plain == Boolean.class) {
      expect(reader, JsonToken.BOOLEAN, path, "shape.flag");
      return reader.nextBoolean();
    }
    if (plain == int.class
        || plain == Integer.class
        || plain == long.class
        || plain == Long.class) {
      expect(reader, JsonToken.NUMBER, path, "shape.number");
      return number(reader.nextString(), path, plain);
    }
    if (plain.isRecord() && !TEXTS.containsKey(plain)) {
      return record(reader, path, plain);
    }
    expect(reader, JsonToken.STRING, path, "shape.text");
    return text(reader.nextString(), path, plain);
  }

  private static void expect(JsonReader reader, JsonToken token, String path, String kind)
      throws IOException {
    if (reader.peek() != token) {
      throw new Refused("shape.kind", place(path), Sentence.of(kind));
    }
  }

  /** What a path is called: the whole has none. */
  private static Sentence place(String path) {
    return path.equals(WHOLE) ? Sentence.of("shape.whole") : Sentence.plain(path);
  }

  private static List<String> words(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(each -> wordOf((Enum<?>) each)).toList();
  }

  /** What refused a value has said best what is wrong with it. */
  private static Refused wrong(String key, String path, Throwable e) {
    return new Refused(
        e instanceof Refused refused
            ? Sentence.of("value.because", place(path), refused.sentence())
            : Sentence.of(key, place(path)),
        e);
  }

  private static Object number(String text, String path, Class<?> type) {
    try {
      if (type == int.class || type == Integer.class) {
        return Integer.valueOf(text);
      }
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw new Refused(Sentence.of("shape.too-large", place(path)), e);
    }
  }

  private static Object text(String text, String path, Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .filter(constant -> wordOf((Enum<?>) constant).equals(text))
          .findFirst()
          .orElseThrow(() -> new Refused("shape.word", place(path), words(type)));
    }
    try {
      return TEXTS.get(type).apply(text);
    } catch (RuntimeException e) {
      throw wrong("shape.form", path, e);
    }
  }

  private static List<Object> list(JsonReader reader, String path, Type type) throws IOException {
    if (reader.peek() == JsonToken.NULL) {
      reader.nextNull();
      return null;
    }
    expect(reader, JsonToken.BEGIN_ARRAY, path, "kind.list");
    reader.beginArray();
    List<Object> elements = new ArrayList<>();
    while (reader.peek() != JsonToken.END_ARRAY) {
      elements.add(value(reader, path + "[" + elements.size() + "]", type));
    }
    reader.endArray();
    return elements;
  }

  private static Object record(JsonReader reader, String path, Class<?> type) throws IOException {
    expect(reader, JsonToken.BEGIN_OBJECT, path, "kind.object");
    RecordComponent[] components = type.getRecordComponents();
    Map<String, Object> members = new HashMap<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      RecordComponent component =
          Arrays.stream(components)
              .filter(each -> each.getName().equals(name))
              .findFirst()
              .orElseThrow(() -> new Refused("shape.member", place(path)));
      if (members.containsKey(name)) {
        throw new Refused("shape.twice", name);
      }
      members.put(name, value(reader, name, component.getGenericType()));
    }
    reader.endObject();
    return made(type, components, members, path);
  }

  private static Object made(
      Class<?> type, RecordComponent[] components, Map<String, Object> members, String path) {
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = members.get(components[i].getName());
      if (!members.containsKey(components[i].getName()) && !Sparse.class.isAssignableFrom(type)) {
        throw new Refused("shape.missing", place(path), components[i].getName());
      }
    }
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw wrong("shape.contradicts", path, e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " can't be made", e);
    }
  }
}
