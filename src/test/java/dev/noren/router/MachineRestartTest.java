package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineRestartTest {
  private final List<String> done = new ArrayList<>();

  private void log(String who, String what) {
    done.add(who + ": " + what);
  }

  @Test
  void itIsWrittenDownBeforeItIsDone() throws Exception {
    new MachineRestart(done::add, this::log).restart("owner");
    assertEquals(List.of("owner: restarts the machine", "reboot"), done);
  }

  @Test
  void whereItMayNotItSaysSo() {
    MachineRestart restart =
        new MachineRestart(
            request -> {
              throw new IOException("noren-helper does not run");
            },
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
}
