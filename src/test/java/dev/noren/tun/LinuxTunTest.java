package dev.noren.tun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.linux.Errno;
import dev.noren.linux.Fd;
import dev.noren.linux.LibC;
import dev.noren.linux.LinuxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before an interface is touched. */
class LinuxTunTest {
  private static LinuxException refused(String path, String name) {
    return assertThrows(LinuxException.class, () -> LinuxTun.create(path, name, true));
  }

  @Test
  void aMissingTunDeviceIsToldWithItsCure(@TempDir Path folder) {
    Path missing = folder.resolve("tun");
    LinuxException e = refused(missing.toString(), "wg0");
    assertEquals(Errno.ENOENT, e.errno());
    assertEquals(
        missing
            + " is missing: load the tun module (modprobe tun), or hand the device to the"
            + " container",
        e.getMessage());
  }

  @Test
  void anotherDeviceIsNotTakenForATun() {
    LinuxException e = refused("/dev/null", "wg0");
    assertEquals(Errno.ENOTTY, e.errno());
    assertEquals(
        "the interface wg0 can't be made with /dev/null: not for this kind of descriptor (ENOTTY)",
        e.getMessage());
  }

  @Test
  void aBadNameIsRefusedBeforeTheDeviceIsOpened(@TempDir Path folder) {
    String missing = folder.resolve("tun").toString();
    assertEquals(Errno.ENAMETOOLONG, refused(missing, "1234567890123456").errno());
    assertEquals(Errno.EINVAL, refused(missing, "a/b").errno());
  }

  @Test
  void aDescriptorThatIsNoTunIsRefusedAndStaysOpen() throws LinuxException {
    try (Fd fd = Fd.open("/dev/null", LibC.O_RDWR)) {
      int number = fd.acquire();
      LinuxException e = assertThrows(LinuxException.class, () -> LinuxTun.fromFd(number, "wg0"));
      assertEquals(
          "file descriptor "
              + number
              + " is no TUN interface: not for this kind of descriptor (ENOTTY)",
          e.getMessage());
      assertTrue(Files.exists(Path.of("/proc/self/fd/" + number)));
      fd.release();
    }
    assertEquals(
        Errno.EBADF, assertThrows(LinuxException.class, () -> LinuxTun.fromFd(-1, "wg0")).errno());
  }
}
