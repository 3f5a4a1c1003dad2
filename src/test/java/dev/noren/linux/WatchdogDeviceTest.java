package dev.noren.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a file in the device's place, which keeps what is written to it. */
class WatchdogDeviceTest {
  @TempDir private Path folder;

  @Test
  void isFedByAnyByteAndStoppedByTheMagicOne() throws IOException {
    Path file = Files.createFile(folder.resolve("watchdog"));
    WatchdogDevice device = WatchdogDevice.open(file.toString());
    assertEquals(0, device.feed());
    assertEquals(0, device.feed());
    assertEquals("..", Files.readString(file));
    device.release();
    assertEquals("..V", Files.readString(file));
    assertEquals(Errno.EBADF, device.feed());
  }

  @Test
  void withoutTheMagicByteItGoesOnRunning() throws IOException {
    Path file = Files.createFile(folder.resolve("watchdog"));
    WatchdogDevice device = WatchdogDevice.open(file.toString());
    device.feed();
    device.close();
    device.release();
    assertEquals(".", Files.readString(file));
  }

  @Test
  void oneThatIsMissingIsToldOf() {
    assertEquals(
        Errno.ENOENT,
        assertThrows(
                LinuxException.class, () -> WatchdogDevice.open(folder.resolve("none").toString()))
            .errno());
  }
}
