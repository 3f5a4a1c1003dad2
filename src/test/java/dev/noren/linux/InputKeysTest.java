package dev.noren.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputKeysTest {
  private static final int KEY_RESTART = 408;

  /** As a C program fills it in by linux/input.h: EV_KEY, KEY_RESTART, pressed. */
  private static final String PRESSED =
      "0500000000000000" + "0600000000000000" + "0100980101000000";

  private static final String RELEASED = PRESSED.replace("980101000000", "980100000000");
  private static final String REPEATED = PRESSED.replace("980101000000", "980102000000");
  private static final String OTHER = PRESSED.replace("9801", "9901");
  private static final String SYNC = "05000000000000000600000000000000" + "0000000000000000";

  @TempDir private Path folder;

  @Test
  void theLastChangeOfTheKeyCounts() {
    assertEquals(true, last(PRESSED + SYNC));
    assertEquals(false, last(PRESSED + SYNC + RELEASED + SYNC));
    assertEquals(true, last(RELEASED + PRESSED));
    assertEquals(true, last(PRESSED + REPEATED));
    assertNull(last(REPEATED));
    assertNull(last(OTHER + SYNC));
    assertNull(last(""));
  }

  private static Boolean last(String hex) {
    return InputKeys.lastOf(Layouts.of(hex + "00"), hex.length() / 2, KEY_RESTART);
  }

  @Test
  void whatAFileGivesIsRead() throws IOException {
    Path file = folder.resolve("event0");
    Files.write(file, HexFormat.of().parseHex(PRESSED + SYNC));
    try (InputKeys keys = InputKeys.open(file)) {
      assertEquals(true, keys.takeChanges(KEY_RESTART));
      assertNull(keys.takeChanges(KEY_RESTART));
    }
  }

  @Test
  void aMissingDeviceIsToldInOneSentence() throws IOException {
    Files.createFile(folder.resolve("event0"));
    assertEquals(
        "there is no input device gpio-keys",
        assertThrows(IOException.class, () -> InputKeys.byName(folder, "gpio-keys")).getMessage());
    assertTrue(
        assertThrows(IOException.class, () -> InputKeys.byName(folder.resolve("no"), "gpio-keys"))
            .getMessage()
            .endsWith("nor any other"));
  }
}
