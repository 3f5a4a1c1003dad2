package dev.noren.services;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFolderTest {
  private static final int NOBODY = 65_534;

  @TempDir Path temporary;

  @Test
  void takesTheFolderThatItMadeItself() throws IOException {
    Path state = temporary.resolve("state");
    StateFolder.open(state);
    assertDoesNotThrow(() -> StateFolder.open(state));
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "", "up"})
  void refusesAFolderOfAnotherUserWhoCouldHaveCommandsRun(String inside) throws IOException {
    Path state = temporary.resolve("home/state");
    StateFolder.open(state);
    assumeTrue("root".equals(System.getProperty("user.name")));
    Files.setAttribute(state.resolve(inside), "unix:uid", NOBODY);
    IOException refusal = assertThrows(IOException.class, () -> StateFolder.open(state));
    assertTrue(refusal.getMessage().contains("another user"), refusal.getMessage());
  }
}
