package dev.noren.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

  /** EV_SYN, SYN_DROPPED. */
  private static final String DROPPED = "05000000000000000600000000000000" + "0000030000000000";

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

  @Test
  void whatWasDroppedIsSeen() {
    assertTrue(dropped(PRESSED + DROPPED + SYNC));
    assertTrue(dropped(DROPPED));
    assertFalse(dropped(PRESSED + SYNC));
    assertFalse(dropped(""));
  }

  private static boolean dropped(String hex) {
    return InputKeys.isDropped(Layouts.of(hex + "00"), hex.length() / 2);
  }

  /** As EVIOCGKEY fills it in: key 408 is bit 0 of byte 51. */
  @Test
  void aKeysBitSaysHowItIs() {
    NativeBuffer keys = Layouts.of("00".repeat(51) + "01" + "00".repeat(44));
    assertTrue(InputKeys.isSet(keys, KEY_RESTART));
    assertFalse(InputKeys.isSet(keys, KEY_RESTART + 1));
    assertFalse(InputKeys.isSet(keys, KEY_RESTART - 1));
    assertFalse(InputKeys.isSet(keys, 65_535));
    assertTrue(InputKeys.isSet(Layouts.of("80"), 7));
  }

  /** A file has no keys to ask for, as a device that is just going: then it counts as let go. */
  @Test
  void afterDroppedEventsAKeyIsNotTakenToBeHeld() throws IOException {
    Path file = folder.resolve("event0");
    Files.write(file, HexFormat.of().parseHex(PRESSED + SYNC + DROPPED));
    try (InputKeys keys = InputKeys.open(file)) {
      assertEquals(false, keys.takeChanges(KEY_RESTART));
    }
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
    // Nobody can open this one, root neither.
    Files.createSymbolicLink(folder.resolve("event1"), folder.resolve("event1"));
    String message =
        assertThrows(IOException.class, () -> InputKeys.byName(folder, "gpio-keys")).getMessage();
    assertTrue(
        message.startsWith(
            "there is no input device gpio-keys among those that can be opened (can't open "
                + folder.resolve("event1")),
        message);
    assertTrue(
        assertThrows(IOException.class, () -> InputKeys.byName(folder.resolve("no"), "gpio-keys"))
            .getMessage()
            .endsWith("nor any other"));
  }
}
