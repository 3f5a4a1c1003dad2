package dev.noren.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.ConfigStore.Loaded;
import dev.noren.text.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigStoreTest {
  private static final Instant NOW = Instant.parse("2026-10-05T01:02:03.456Z");

  @TempDir Path state;
  private ConfigStore store;

  @BeforeEach
  void open() throws IOException {
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
    store = ConfigStore.in(state);
  }

  private StoredConfig save(String name) throws Exception {
    RouterConfig config = RouterJson.read("x", Documents.changed("name = \"" + name + "\""));
    return store.save(config, ConfigStore.ANY, "akira, test", "name", NOW);
  }

  private Path file(int number) {
    return state.resolve("config/config-" + number + ".json");
  }

  private void damage(int number) throws IOException {
    Files.writeString(file(number), Files.readString(file(number)).replace("shop", "shoq"));
    Files.setLastModifiedTime(file(number), FileTime.from(Instant.parse("2026-10-06T00:00:00Z")));
  }

  @Test
  void beforeTheFirstSaveTheBoxIsUnclaimed() throws Exception {
    Loaded loaded = store.load();
    assertEquals(StoredConfig.UNCLAIMED, loaded.current());
    assertTrue(loaded.current().isUnclaimed());
    assertEquals(List.of(), loaded.notices());
    assertEquals(List.of(), store.history());
    assertFalse(Files.exists(state.resolve("config")), "looking makes nothing");
  }

  @Test
  void whatIsSavedIsInForce() throws Exception {
    StoredConfig first = save("shop-1");
    StoredConfig second = save("shop-2");
    Loaded loaded = ConfigStore.in(state).load();
    assertEquals(second, loaded.current());
    assertEquals(2, second.number());
    assertEquals(Instant.parse("2026-10-05T01:02:03Z"), second.savedAt());
    assertEquals("akira, test", second.author());
    assertFalse(second.isUnclaimed());
    assertEquals(List.of(), loaded.notices());
    assertEquals(List.of(first, second), store.history());
  }

  @Test
  void nobodyElseCanReadTheKeys() throws Exception {
    save("shop-1");
    assertEquals("rwx------", permissions(state.resolve("config")));
    try (var files = Files.list(state.resolve("config"))) {
      for (Path file : files.toList()) {
        assertEquals("rw-------", permissions(file), file.toString());
      }
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aFolderThatOthersMayWriteToIsRefused() throws Exception {
    save("shop-1");
    Files.setPosixFilePermissions(
        state.resolve("config"), PosixFilePermissions.fromString("rwxrwxrwx"));
    String end = "chmod go-w " + state.resolve("config");
    assertTrue(assertThrows(IOException.class, () -> save("shop-2")).getMessage().endsWith(end));
    assertTrue(assertThrows(IOException.class, store::load).getMessage().endsWith(end));
  }

  @Test
  void theLastTwentyAreKept() throws Exception {
    for (int i = 1; i <= ConfigStore.KEEP + 5; i++) {
      save("shop-" + i);
    }
    assertEquals(
        IntStream.rangeClosed(6, 25).boxed().toList(),
        store.history().stream().map(StoredConfig::number).toList());
    assertFalse(Files.exists(file(5)));
  }

  @Test
  void damagedOnesDontCountAmongTheTwenty() throws Exception {
    for (int i = 1; i <= ConfigStore.KEEP; i++) {
      save("shop-" + i);
    }
    damage(10);
    save("shop-21");
    assertEquals(ConfigStore.KEEP, store.history().size());
    assertTrue(Files.exists(file(1)));
    save("shop-22");
    assertFalse(Files.exists(file(1)));
    assertEquals(ConfigStore.KEEP, store.history().size());
  }

  @Test
  void aDamagedNewestOneFallsBackAndSaysSo() throws Exception {
    StoredConfig second = null;
    for (int i = 1; i <= 4; i++) {
      second = i == 2 ? save("shop-" + i) : second;
      if (i != 2) {
        save("shop-" + i);
      }
    }
    damage(3);
    damage(4);
    Loaded loaded = store.load();
    assertEquals(second, loaded.current());
    assertEquals(
        List.of(
            "config-4.json: is damaged: its checksum is wrong (written 2026-10-06T00:00:00Z):"
                + " number 2 of 2026-10-05T01:02:03Z, by akira, test, is used instead.",
            "config-3.json: is damaged: its checksum is wrong (written 2026-10-06T00:00:00Z):"
                + " number 2 of 2026-10-05T01:02:03Z, by akira, test, is used instead."),
        Said.english(loaded.notices()));
    loaded.notices().forEach(Said::assertJapanese);
    assertEquals(5, save("shop-5").number(), "a number is never given twice");
    assertEquals(List.of(), store.load().notices());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sha256 ", "garbage\n{}", "{\"schema\": 1}"})
  void whatIsNotOursIsDamaged(String content) throws Exception {
    StoredConfig first = save("shop-1");
    Files.writeString(file(2), content);
    assertEquals(first, store.load().current());
    assertEquals(1, store.load().notices().size());
  }

  @Test
  void aCopyOfAnotherNumberIsNotTaken() throws Exception {
    save("shop-1");
    StoredConfig second = save("shop-2");
    Files.copy(file(1), file(3));
    assertEquals(second, store.load().current());
  }

  @Test
  void aNewerSchemaIsNotHalfRead() throws Exception {
    StoredConfig first = save("shop-1");
    StoredConfig second = save("shop-2");
    String body = new String(StoredFile.write(second), java.nio.charset.StandardCharsets.UTF_8);
    body = body.substring(body.indexOf('\n') + 1).replace("\"schema\": 1", "\"schema\": 2");
    String digest =
        java.util.HexFormat.of()
            .formatHex(
                java.security.MessageDigest.getInstance("SHA-256")
                    .digest(body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    Files.writeString(file(2), "sha256 " + digest + "\n" + body);
    Loaded loaded = store.load();
    assertEquals(first, loaded.current());
    assertTrue(
        loaded.notices().getFirst().toString().contains("schema: is 2, and this Noren reads 1"),
        loaded.notices().toString());
  }

  @Test
  void whereNoneIsGoodTheBoxDoesNotBecomeUnclaimed() throws Exception {
    save("shop-1");
    damage(1);
    IOException thrown = assertThrows(IOException.class, store::load);
    assertTrue(thrown.getMessage().contains("noren config import takes a backup"));
    assertEquals(2, save("shop-2").number());
    assertEquals("shop-2", store.load().current().config().name());
  }

  @Test
  void aChangeOfWhatIsNoLongerInForceIsRefused() throws Exception {
    RouterConfig config = save("shop-1").config();
    save("shop-2");
    IOException thrown =
        assertThrows(IOException.class, () -> store.save(config, 1, "ken", "name", NOW));
    assertEquals(
        "the configuration was changed meanwhile (number 2, by akira, test): look at it and try"
            + " again",
        thrown.getMessage());
    assertEquals(3, store.save(config, 2, "ken", "name", NOW).number());
  }

  @Test
  void whatContradictsItselfIsNotSaved() throws Exception {
    RouterConfig config = save("shop-1").config();
    RouterTunnel tunnel = config.tunnels().getFirst();
    assertThrows(
        ConfigException.class,
        () -> store.save(config.withTunnels(List.of(tunnel, tunnel)), 1, "ken", "x", NOW));
    assertEquals(1, store.load().current().number());
  }

  @Test
  void anAuthorIsOneLine() throws Exception {
    RouterConfig config = save("shop-1").config();
    StoredConfig stored = store.save(config, 1, "ken\n\u001b[31m", "", NOW);
    assertEquals("ken??[31m", stored.author());
    assertEquals("-", stored.change());
    assertEquals(stored, store.load().current());
  }
}
