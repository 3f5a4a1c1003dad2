package dev.noren.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GreatestTimeTest {
  private static final Instant NOON = Instant.parse("2026-10-05T12:00:00Z");

  @TempDir Path folder;
  private Instant now = NOON;

  private GreatestTime start() {
    return new GreatestTime(folder, () -> now);
  }

  private String saved() throws IOException {
    Path file = folder.resolve(GreatestTime.FILE);
    return Files.exists(file) ? Files.readString(file) : "";
  }

  @Test
  void aClockThatIsBehindIsNotBelieved() {
    try (GreatestTime time = start()) {
      assertEquals(NOON, time.forExpiry(false));
      now = Instant.EPOCH;
      assertEquals(NOON, time.forExpiry(false));
    }
    try (GreatestTime time = start()) {
      assertEquals(NOON, time.forExpiry(false), "nor after a restart");
      assertEquals(Instant.EPOCH, time.forExpiry(true), "unless somebody set it");
      now = NOON.plusSeconds(1);
      assertEquals(now, time.forExpiry(false));
    }
  }

  @Test
  void itIsSavedOnceAnHourAndAtTheEnd() throws IOException {
    GreatestTime time = start();
    time.forExpiry(false);
    assertEquals(NOON.getEpochSecond() + "\n", saved());
    now = NOON.plusSeconds(GreatestTime.SAVE_EVERY_SECONDS - 1);
    time.forExpiry(false);
    assertEquals(NOON.getEpochSecond() + "\n", saved());
    now = NOON.plusSeconds(GreatestTime.SAVE_EVERY_SECONDS);
    time.forExpiry(true);
    assertEquals(now.getEpochSecond() + "\n", saved());
    now = now.plusSeconds(7);
    time.forExpiry(false);
    now = Instant.EPOCH;
    time.close();
    assertEquals(NOON.getEpochSecond() + GreatestTime.SAVE_EVERY_SECONDS + 7 + "\n", saved());
    assertEquals(1, folder.toFile().list().length, "nothing temporary is left");
  }

  @Test
  void aFileThatCanNotBeReadIsWrittenAnew() throws IOException {
    Files.writeString(folder.resolve(GreatestTime.FILE), "soon");
    try (GreatestTime time = start()) {
      assertEquals(NOON, time.forExpiry(false));
    }
    assertEquals(NOON.getEpochSecond() + "\n", saved());
  }

  @Test
  void aFolderThatIsGoneStopsNothing() {
    try (GreatestTime time = new GreatestTime(folder.resolve("none"), () -> now)) {
      assertEquals(NOON, time.forExpiry(false));
    }
  }

  @Test
  void testsMayShiftTheClock() {
    Instant before = Instant.now();
    Instant shifted = WallClock.of(Map.of(WallClock.OFFSET, "-86400")).instant();
    Duration difference = Duration.between(before.minusSeconds(86_400), shifted);
    assertFalse(difference.isNegative());
    assertTrue(difference.toHours() < 1, difference.toString());
    assertFalse(WallClock.of(Map.of()).instant().isBefore(before));
    assertThrows(
        IllegalArgumentException.class, () -> WallClock.of(Map.of(WallClock.OFFSET, "a day")));
  }
}
