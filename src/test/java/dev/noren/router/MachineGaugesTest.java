package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.metrics.Machine;
import dev.noren.metrics.Machine.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineGaugesTest {
  @TempDir private Path root;

  private void zone(String number, String type, String temp) throws IOException {
    Path folder = Files.createDirectories(root.resolve("sys/class/thermal/thermal_zone" + number));
    Files.writeString(folder.resolve("type"), type + "\n");
    if (temp != null) {
      Files.writeString(folder.resolve("temp"), temp + "\n");
    }
  }

  @Test
  void whatHasATemperatureIsReadInItsOrder() throws IOException {
    zone("10", "pmic", "-5000");
    zone("0", "cpu-thermal", "48312");
    zone("1", "asleep", null);
    zone("2", "broken", "N/A");
    Files.createDirectories(root.resolve("sys/class/thermal/cooling_device0"));
    assertEquals(
        List.of(new Zone(0, "cpu-thermal", 48.312), new Zone(10, "pmic", -5)),
        new MachineGauges(root).read().zones());
  }

  @Test
  void aMachineWithoutAnyHasNone() {
    Machine machine = new MachineGauges(root).read();
    assertEquals(List.of(), machine.zones());
    assertTrue(machine.memoryBytes().isEmpty());
    assertTrue(machine.heap().used() > 0);
  }

  @Test
  void thisMachineSaysHowItIs() {
    Machine machine = new MachineGauges(Path.of("/")).read();
    assertFalse(machine.cpuSeconds().isEmpty());
    assertTrue(machine.memoryBytes().get("MemTotal") > machine.processMemoryBytes());
    assertNotNull(machine.processCpuSeconds());
    assertNotNull(machine.load());
  }
}
