package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.noren.state.ZoneFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineCareTest {
  private final List<String> done = new ArrayList<>();

  private void log(String who, String what) {
    done.add(who + ": " + what);
  }

  @Test
  void itIsWrittenDownBeforeItIsDone() throws Exception {
    new MachineCare(done::add, null, this::log).restart("owner");
    assertEquals(List.of("owner: restarts the machine", "reboot"), done);
  }

  @Test
  void whereItMayNotItSaysSo() {
    MachineCare restart =
        new MachineCare(
            request -> {
              throw new IOException("noren-helper does not run");
            },
            null,
            this::log);
    IOException e = assertThrows(IOException.class, () -> restart.restart("owner"));
    assertEquals(
        "the machine can't be restarted from here (noren-helper does not run): switch it off and on"
            + " again",
        e.getMessage());
    assertEquals(
        List.of(
            "owner: restarts the machine",
            "owner: could not restart the machine: noren-helper does not run"),
        done);
  }

  @Test
  void theTimeZoneOutlivesARestart(@TempDir Path state) throws Exception {
    TimeZone before = TimeZone.getDefault();
    try {
      ZoneFile zones = new ZoneFile(state);
      assertNull(zones.read());
      new MachineCare(done::add, zones, this::log).timeZone(ZoneId.of("Asia/Tokyo"), "owner");
      assertEquals(ZoneId.of("Asia/Tokyo"), ZoneId.systemDefault());
      assertEquals(List.of("owner: has times shown in Asia/Tokyo"), done);
      TimeZone.setDefault(before);
      new ZoneFile(state).apply();
      assertEquals(ZoneId.of("Asia/Tokyo"), ZoneId.systemDefault());
      Files.writeString(state.resolve("time-zone"), "Asia/Nowhere\n");
      assertNull(zones.read());
    } finally {
      TimeZone.setDefault(before);
    }
  }
}
