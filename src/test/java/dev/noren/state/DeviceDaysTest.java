package dev.noren.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.state.DeviceDays.Days;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceDaysTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 28);
  private static final long START = Long.MAX_VALUE - 5;

  @TempDir private Path folder;

  @Test
  void whatWasSeenOutlivesARestart() throws IOException {
    assertEquals(Map.of(), DeviceDays.read(folder));
    try (DeviceDays days = new DeviceDays(folder)) {
      days.look(List.of("a", "b"), Map.of("a", DAY, "other", DAY), DAY, START);
    }
    try (DeviceDays days = new DeviceDays(folder)) {
      days.look(List.of("a", "b", "c"), Map.of(), DAY.plusDays(3), START);
    }
    assertEquals(
        Map.of(
            "a",
            new Days(DAY, DAY),
            "b",
            new Days(DAY, null),
            "c",
            new Days(DAY.plusDays(3), null)),
        DeviceDays.read(folder));
  }

  @Test
  void itIsWrittenAtMostOnceAnHourAndOnlyWhereSomethingIsNew() throws IOException {
    DeviceDays days = new DeviceDays(folder);
    days.look(List.of("a"), Map.of(), DAY, START);
    assertEquals(Map.of("a", new Days(DAY, null)), DeviceDays.read(folder));
    days.look(List.of("a"), Map.of("a", DAY), DAY, START + DeviceDays.SAVE_EVERY_NS - 1);
    assertEquals(Map.of("a", new Days(DAY, null)), DeviceDays.read(folder));
    days.look(List.of("a"), Map.of("a", DAY), DAY, START + DeviceDays.SAVE_EVERY_NS);
    assertEquals(Map.of("a", new Days(DAY, DAY)), DeviceDays.read(folder));
    Files.delete(folder.resolve(DeviceDays.FILE));
    days.look(List.of("a"), Map.of("a", DAY), DAY, START + 9 * DeviceDays.SAVE_EVERY_NS);
    days.close();
    assertFalse(Files.exists(folder.resolve(DeviceDays.FILE)), "nothing was new");
    days.look(
        List.of("a"), Map.of("a", DAY.plusDays(1)), DAY, START + 9 * DeviceDays.SAVE_EVERY_NS);
    assertTrue(Files.exists(folder.resolve(DeviceDays.FILE)));
  }

  @Test
  void daysGoOnlyForward() throws IOException {
    DeviceDays days = new DeviceDays(folder);
    days.look(List.of("a"), Map.of("a", DAY), DAY, START);
    days.look(List.of("a"), Map.of("a", DAY.minusDays(9)), DAY.minusDays(9), START);
    days.close();
    assertEquals(Map.of("a", new Days(DAY, DAY)), DeviceDays.read(folder));
  }

  @Test
  void aClockThatWasNeverSetSaysNothing() throws IOException {
    DeviceDays days = new DeviceDays(folder);
    days.look(List.of("a"), Map.of("a", LocalDate.EPOCH), LocalDate.EPOCH, START);
    assertEquals(Map.of(), DeviceDays.read(folder));
    days.look(List.of("a"), Map.of("a", LocalDate.EPOCH), DAY, START);
    assertEquals(Map.of("a", new Days(DAY, null)), DeviceDays.read(folder));
  }

  @Test
  void whoIsGoneIsForgotten() throws IOException {
    DeviceDays days = new DeviceDays(folder);
    days.look(List.of("a", "b"), Map.of(), DAY, START);
    days.look(List.of("b"), Map.of(), DAY, START);
    days.close();
    assertEquals(Map.of("b", new Days(DAY, null)), DeviceDays.read(folder));
  }

  @Test
  void whatCannotBeReadBeginsAnew() throws IOException {
    Files.writeString(folder.resolve(DeviceDays.FILE), "a 2026-11-28\n");
    IOException e = assertThrows(IOException.class, () -> DeviceDays.read(folder));
    assertTrue(e.getMessage().endsWith(DeviceDays.FILE + " holds no days"), e.getMessage());
    DeviceDays days = new DeviceDays(folder);
    days.look(List.of("b"), Map.of(), DAY, START);
    assertEquals(Map.of("b", new Days(DAY, null)), DeviceDays.read(folder));
  }
}
