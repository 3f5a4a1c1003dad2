package dev.noren.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactoryResetTest {
  @TempDir private Path folder;

  private Path state() throws IOException {
    Path state = Files.createDirectories(folder.resolve("state"));
    for (String file :
        new String[] {
          "config/config-7.json",
          "audit/audit-2026-10.log",
          "run/dnsmasq/leases",
          "helper/answer",
          "seen",
          "tai64n",
          "used-codes",
          "device-days",
          "greatest-time"
        }) {
      Files.createDirectories(state.resolve(file).getParent());
      Files.writeString(state.resolve(file), "1");
    }
    return state;
  }

  private static Set<String> names(Path state) throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> all = Files.list(state)) {
      all.forEach(each -> names.add(each.getFileName().toString()));
    }
    return names;
  }

  @Test
  void itIsDoneAtTheNextStartOnly() throws IOException {
    Path state = state();
    assertFalse(FactoryReset.isAsked(state));
    FactoryReset.ask(state);
    assertTrue(FactoryReset.isAsked(state));
    assertEquals(10, names(state).size());
    FactoryReset.finish(state);
    assertEquals(Set.of("helper", "greatest-time"), names(state));
    assertEquals("1", Files.readString(state.resolve("helper/answer")));
    assertFalse(FactoryReset.isAsked(state));
  }

  /** Whatever was deleted before a power cut, the rest goes at the next start. */
  @Test
  void oneThatWasBrokenOffIsStillAskedFor() throws IOException {
    Path state = state();
    FactoryReset.ask(state);
    Files.delete(state.resolve("config/config-7.json"));
    assertTrue(FactoryReset.isAsked(state));
    FactoryReset.finish(state);
    assertEquals(Set.of("helper", "greatest-time"), names(state));
  }

  @Test
  void whatALinkLeadsToStays() throws IOException {
    Path state = state();
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(other.resolve("kept"), "1");
    Files.createSymbolicLink(state.resolve("link"), other);
    Files.createSymbolicLink(state.resolve("config/link"), other);
    FactoryReset.ask(state);
    FactoryReset.finish(state);
    assertEquals("1", Files.readString(other.resolve("kept")));
    assertFalse(Files.exists(state.resolve("link")));
  }
}
