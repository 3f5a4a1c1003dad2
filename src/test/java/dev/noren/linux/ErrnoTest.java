package dev.noren.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ErrnoTest {
  @Test
  void everyNumberIsDescribedWithItsOwnName() throws IllegalAccessException {
    Set<Integer> seen = new HashSet<>();
    for (Field field : Errno.class.getFields()) {
      int errno = field.getInt(null);
      assertTrue(Errno.describe(errno).endsWith("(" + field.getName() + ")"), field.getName());
      assertTrue(seen.add(errno), field.getName());
    }
    assertEquals("error 4095", Errno.describe(4095));
  }

  @Test
  void aFailedCallLeavesItsErrno() {
    LinuxException missing =
        assertThrows(LinuxException.class, () -> Fd.open("/nonexistent/file", LibC.O_RDWR));
    assertEquals(Errno.ENOENT, missing.errno());
    assertEquals("can't open /nonexistent/file: no such file (ENOENT)", missing.getMessage());
    assertEquals(-1, LibC.close(-1));
    assertEquals(Errno.EBADF, LibC.errno());
  }
}
