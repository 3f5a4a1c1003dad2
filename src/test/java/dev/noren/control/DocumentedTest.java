package dev.noren.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.status.RouterStatus;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What can be asked and what is answered stands in docs/CONTROL.md. */
class DocumentedTest {
  private final Set<String> names = new TreeSet<>();

  private void walk(Type type) {
    if (type instanceof ParameterizedType list) {
      walk(list.getActualTypeArguments()[0]);
    } else if (type instanceof Class<?> plain
        && plain.isRecord()
        && plain.getPackageName().matches("dev\\.noren\\.(status|control)")) {
      for (RecordComponent component : plain.getRecordComponents()) {
        if (names.add(component.getName()) || plain != RouterStatus.class) {
          walk(component.getGenericType());
        }
      }
    }
  }

  @Test
  void everyMemberIsNamed() throws IOException {
    String text = Files.readString(Path.of("docs/CONTROL.md"));
    walk(Request.class);
    walk(Answer.class);
    assertTrue(names.size() > 80, names.toString());
    List<String> missing = new ArrayList<>();
    for (String name : names) {
      if (!text.contains("`" + name + "`") && !text.contains("\"" + name + "\"")) {
        missing.add(name);
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(text.contains("at most %,d bytes".formatted(Request.MAX_BYTES)));
  }
}
